namespace Guestclock.Discipline;

/// <summary>
/// One run of sense, decide, set and prove, as a machine: it is told what was measured and what failed, and says what to do next. It reads
/// no clock; every instant is nanoseconds since the start of the run.
/// <para>
/// The way to the guest is taken to be half of the shortest round trip, and no more than the aim: a way may always be shorter than a busy
/// guest's answers say, and a clock that was set too far ahead would have to go back. The first set after a pause takes the guest a few milliseconds
/// longer than that (nothing of it is in any cache), so it lands behind; the second one, on the warmed-up way, does not, and gets no
/// allowance for it. Only what the second one shows is made up for by the third. So corrections go forward.
/// </para>
/// </summary>
public sealed class Recovery
{
    private const int SenseBrackets = 3;
    private const int ProofBrackets = 8;
    private const long SenseNs = 15_000_000;
    private const long ProofNs = 60_000_000;

    /// <summary>Between the sending of a time and its setting.</summary>
    private const long LongestDelayNs = 100_000_000;

    /// <summary>Further looks, where a round trip was too long to tell.</summary>
    private const int MostLooks = 20;

    private readonly string _guest;
    private readonly RecoveryPolicy _policy;
    private readonly List<ClockSet> _sets = [];
    private ClockOffset? _before;
    private ClockOffset? _after;
    private long? _proofNs;
    private long? _glimpseNs;
    private long _lastSetTookNs;
    private long _extraNs;
    private AgentFailure? _refusal;
    private int _looks;

    public Recovery(string guest, RecoveryPolicy policy)
    {
        _guest = guest;
        _policy = policy;
        Action = new RecoveryAction.Measure(SenseBrackets, SenseNs);
    }

    /// <summary>What to do next.</summary>
    public RecoveryAction Action { get; private set; }

    /// <summary>Whether the clock was set at least once, so that only a measurement can tell what it shows.</summary>
    public bool HasSet => _sets.Count > 0;

    /// <summary>The readings that were asked for, at least one.</summary>
    public void Measured(IReadOnlyList<ClockBracket> brackets, long nowNs)
    {
        var best = brackets.MinBy(b => b.RoundTripNs);
        if (HasSet)
            Proved(best, nowNs);
        else
            Decide(best, nowNs);
    }

    /// <summary>The time that was asked for is on its way.</summary>
    public void Sent(long aheadNs, long nowNs)
    {
        _sets.Add(new(nowNs, aheadNs));
        _after = null;
        _glimpseNs = null;
    }

    /// <summary>
    /// A look at the clock while the reply to the set is awaited. The set may not have taken effect yet, so it decides nothing; where the clock is
    /// right, and still is when the reply has come, the proof is that of now.
    /// </summary>
    /// <returns>Whether the clock is right within the limit, so that no further look is needed.</returns>
    public bool Glimpsed(ClockOffset offset, long nowNs)
    {
        if (offset.WorstNs > _policy.WithinNs)
            return false;
        _glimpseNs ??= nowNs;
        return true;
    }

    /// <summary>The reply to it has come, or will not come. What it says is kept, and decides nothing.</summary>
    public void Replied(AgentFailure? failure, string complaint, long nowNs)
    {
        _refusal = failure;
        _sets[^1] = _sets[^1] with { Complaint = failure is null ? null : complaint };
        _lastSetTookNs = nowNs - _sets[^1].SentAfterNs;
        Action = new RecoveryAction.Measure(ProofBrackets, ProofNs);
    }

    /// <summary>What was asked for could not be done.</summary>
    public void Failed(AgentFailure failure, string detail, long nowNs)
    {
        // A correction that could not be sent takes nothing away from what was proved before it.
        if (_after is { } after && Action is RecoveryAction.SetClock)
            End(Outcome(after), nowNs, failure, detail);
        else
            End(HasSet ? RecoveryOutcome.NotProved : RecoveryOutcome.Failed, nowNs, failure, detail);
    }

    /// <summary>The run is not to go on.</summary>
    public void Cancel(long nowNs) => End(RecoveryOutcome.Cancelled, nowNs);

    private void Decide(ClockBracket best, long nowNs)
    {
        _before = best.Offset;
        if (best.Offset.LeastNs == 0 && MayLookAgain(best.Offset, nowNs))
            return;
        var decision = StepPolicy.Decide(best.Offset, _policy);
        if (decision.Choice == StepChoice.Set && !_policy.DryRun)
        {
            Action = new RecoveryAction.SetClock(WayNs(best));
            return;
        }

        _after = best.Offset;
        var outcome = decision.Choice switch
        {
            StepChoice.InTime => RecoveryOutcome.InTime,
            StepChoice.Set => RecoveryOutcome.WouldSet,
            _ => RecoveryOutcome.Left,
        };
        if (outcome == RecoveryOutcome.InTime)
            _proofNs = nowNs;
        End(outcome, nowNs, detail: decision.Reason);
    }

    private void Proved(ClockBracket best, long nowNs)
    {
        var offset = best.Offset;
        _after = offset;
        if (offset.WorstNs <= _policy.WithinNs)
            _proofNs ??= _glimpseNs ?? nowNs;
        if (!Pays(offset, nowNs) && MayLookAgain(offset, nowNs))
            return;
        if (Pays(offset, nowNs))
        {
            // What is more than a delay was a set that was lost, or a guest that stood still meanwhile.
            if (_sets.Count > 1 && Math.Abs(offset.OffsetNs) <= LongestDelayNs)
                _extraNs -= offset.OffsetNs;
            Action = new RecoveryAction.SetClock(WayNs(best) + _extraNs);
        }
        else
            EndProved(offset, nowNs);
    }

    private long WayNs(ClockBracket best) => Math.Min(best.RoundTripNs / 2, _policy.AimNs);

    /// <summary>A wide bound is no verdict: the host or the guest was busy, and the next round trip may be shorter. Asks for it while there is time.</summary>
    private bool MayLookAgain(ClockOffset offset, long nowNs) =>
        offset.WorstNs > _policy.WithinNs && offset.LeastNs <= _policy.WithinNs && nowNs < _policy.TimeoutNs * 3 / 4 && ++_looks <= MostLooks;

    /// <summary>Whether another set is likely to make it better, and may be made.</summary>
    private bool Pays(ClockOffset offset, long nowNs) =>
        _sets.Count < _policy.MostSets && !IsRefused
        && nowNs + (_lastSetTookNs * 5 / 4) < _policy.TimeoutNs
        && Math.Abs(offset.OffsetNs) > _policy.AimNs && offset.LeastNs > 0
        // Ahead after our own set: worth a step backward only where the guest would be left wrong.
        && (offset.OffsetNs < 0 || (!_policy.ForwardOnly && offset.WorstNs > _policy.WithinNs));

    private void EndProved(ClockOffset offset, long nowNs)
    {
        var outcome = Outcome(offset);
        if (outcome == RecoveryOutcome.Recovered)
            End(outcome, nowNs);
        else
            End(outcome, nowNs, _refusal, _sets[^1].Complaint ?? "");
    }

    private RecoveryOutcome Outcome(ClockOffset offset) =>
        offset.WorstNs <= _policy.WithinNs ? RecoveryOutcome.Recovered
        : IsRefused ? RecoveryOutcome.Failed : RecoveryOutcome.NotProved;

    /// <summary>The agent will refuse the same command again. (Whether the clock was set all the same, only measuring tells.)</summary>
    private bool IsRefused => _refusal is AgentFailure.Blocked or AgentFailure.Frozen or AgentFailure.Unsupported or AgentFailure.Denied;

    private void End(RecoveryOutcome outcome, long nowNs, AgentFailure? failure = null, string detail = "") =>
        Action = new RecoveryAction.Finished(new(_guest, outcome, _policy.WithinNs)
        {
            Before = _before,
            After = _after,
            Sets = [.. _sets],
            TookNs = nowNs,
            ProofNs = outcome is RecoveryOutcome.InTime or RecoveryOutcome.Recovered ? _proofNs : null,
            Failure = failure,
            Detail = detail,
        });
}
