using Guestclock.Discipline.Watch.Tracking;

namespace Guestclock.Discipline.Watch;

/// <summary>What the end of a run does to its guest.</summary>
internal sealed class ResultRule(GuestBook book, Jitter jitter)
{
    /// <summary>Measurements that fail now and then are not worth a line; so many in a row are.</summary>
    private const int SilentFor = 2;

    private WatchPolicy Policy => book.Policy;

    private WatchCounters Counters => book.Counters;

    public void Recovered(RecoveryFinished finished, long nowNs, List<WatchAction> actions)
    {
        if (book.End(finished.Guest, finished.Ticket, isRecovery: true) is not var (guest, run))
            return;
        var result = run.IsCancelled ? finished.Result with { Outcome = RecoveryOutcome.Cancelled } : finished.Result;
        Counters.Outcomes[result.Outcome] = Counters.Outcomes.GetValueOrDefault(result.Outcome) + 1;
        var record = new WatchRecord(WatchRecordKind.Recovery, nowNs) { Guest = guest.Name, Reason = run.Reason, Result = result };
        if (run.IsCancelled || guest.Debt is not { } debt)
        {
            actions.Add(new Tell(record));
            book.ForgetIfGone(guest);
            return;
        }

        Counters.Failure(result.Failure);
        if (result is { Outcome: RecoveryOutcome.Recovered, ProofNs: { } proofNs })
            Counters.Proof(proofNs);
        (guest.LastResult, guest.LastResultNs) = (result, nowNs);
        // Something newer is owed, and begins now that this has ended.
        if (!ReferenceEquals(debt, run.Debt))
            debt.Hasten(Math.Max(nowNs, debt.DueNs));
        else if (RetryRule.IsSettled(result.Outcome))
            Settle(guest, nowNs);
        else if (!TryAgain(debt, run, result, nowNs))
            record = null;
        if (record is not null)
            actions.Add(new Tell(record with { RetryInNs = guest.Debt?.DueNs - nowNs }));
        if (result.Sets.Count > 0)
            guest.Track.Disrupt();
        if ((result.After ?? result.Before) is { } offset)
            Sample(guest, offset, nowNs, actions);
    }

    public void Measured(MeasurementFinished finished, long nowNs, List<WatchAction> actions)
    {
        if (book.End(finished.Guest, finished.Ticket, isRecovery: false) is not var (guest, run))
            return;
        if (run.IsCancelled)
        {
            book.ForgetIfGone(guest);
            return;
        }

        if (finished.Offset is { } offset)
        {
            Counters.Measurements++;
            if (guest.Unmeasured >= SilentFor)
                actions.Add(new Tell(new(WatchRecordKind.Measurement, nowNs) { Guest = guest.Name, IsRaised = false, Offset = offset }));
            MeasureLater(guest, null, nowNs);
            Sample(guest, offset, nowNs, actions);
            if (offset.LeastNs > Policy.RecoverAboveNs)
                guest.Owe(WatchTrigger.MeasuredWrong, nowNs, nowNs, "", actions);
        }
        else
        {
            if (finished.Failure is not null)
                Counters.MeasurementsFailed++;
            Counters.Failure(finished.Failure);
            MeasureLater(guest, finished.Failure, nowNs);
            if (guest.Unmeasured == SilentFor && finished.Failure is not null)
                actions.Add(new Tell(new(WatchRecordKind.Measurement, nowNs) { Guest = guest.Name, IsRaised = true, Failure = finished.Failure, Detail = finished.Detail }));
        }
    }

    private void Settle(WatchedGuest guest, long nowNs)
    {
        guest.Debt = null;
        MeasureLater(guest, null, nowNs);
    }

    /// <summary>False when the same was told of the last attempt.</summary>
    private bool TryAgain(RecoveryDebt debt, GuestRun run, RecoveryResult result, long nowNs)
    {
        var isNews = debt.LastOutcome != result.Outcome || debt.LastFailure != result.Failure;
        debt.DueNs = nowNs + jitter.Spread(RetryRule.Wait(debt, result, Policy), Policy.Jitter);
        debt.RankNs = debt.DueNs + (debt.IsSilent ? Policy.RetryHandicapNs : 0);
        if (run.HasAgentCome)
            debt.Hasten(nowNs);
        return isNews;
    }

    private void MeasureLater(WatchedGuest guest, AgentFailure? failure, long nowNs)
    {
        guest.MeasureFailure = failure;
        guest.Unmeasured = failure is null ? 0 : guest.Unmeasured + 1;
        var everyNs = RetryRule.Doubled(Policy.MeasureEveryNs, guest.Unmeasured, 16 * Policy.MeasureEveryNs);
        guest.MeasureAtNs = nowNs + jitter.Spread(everyNs, Policy.Jitter);
    }

    private void Sample(WatchedGuest guest, ClockOffset offset, long nowNs, List<WatchAction> actions)
    {
        foreach (var record in guest.Track.Add(guest.Name, new ClockSample(nowNs, offset), Policy))
        {
            if (record.Kind == WatchRecordKind.Jump)
                Counters.Jumps++;
            actions.Add(new Tell(record));
        }
    }
}
