using System.Diagnostics;
using Guestclock.Discipline;

namespace Guestclock.Linux.Agents;

/// <summary>Carries out what <see cref="Recovery"/> says, on a guest's agent.</summary>
public sealed class RecoveryRunner(RecoveryPolicy policy)
{
    /// <summary>Between two looks at the guest's clock while a set takes effect.</summary>
    private static readonly TimeSpan GlimpseEvery = TimeSpan.FromMilliseconds(5);

    /// <summary>For the agent's first answer, and again for the first one after a set.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Taken while it matters when something is sent or received (<see cref="TalkTurn"/>); not while the guest writes its RTC, which takes it a
    /// second. Keeps many runs at once from disturbing each other's round trips.
    /// </summary>
    public SemaphoreSlim? Turns { get; init; }

    /// <summary>
    /// Told of each measurement, as soon as it is in hand, and of the second agent's first look that shows the clock right: the first proof, which
    /// the result has only at the end.
    /// </summary>
    public Action<ClockOffset, TimeSpan>? OnMeasured { get; init; }

    /// <param name="agent">The guest's agent; it stays open.</param>
    /// <param name="openProver">
    /// Opens a second channel to a second agent in the same guest, which looks on while the first one still writes the RTC; null where there is none.
    /// It is called after the first set was sent, if one is, and what it opens is closed at the end.
    /// </param>
    public Task<RecoveryResult> RunAsync(
        string guest, IGuestAgent agent, Func<CancellationToken, Task<IGuestAgent?>>? openProver, CancellationToken cancellationToken) =>
        RunAsync(guest, agent, openProver, Stopwatch.StartNew(), cancellationToken);

    /// <param name="clock">Runs since the run began, the opening of the channel included.</param>
    internal async Task<RecoveryResult> RunAsync(
        string guest, IGuestAgent agent, Func<CancellationToken, Task<IGuestAgent?>>? openProver, Stopwatch clock, CancellationToken cancellationToken)
    {
        await using var prover = new SecondAgent(openProver);
        var run = new Run(guest, agent, prover, policy, clock);
        while (true)
        {
            try
            {
                switch (run.Recovery.Action)
                {
                    case RecoveryAction.Measure measure:
                        await MeasureAsync(run, measure, cancellationToken);
                        break;
                    case RecoveryAction.SetClock set:
                        await SetAsync(run, set, cancellationToken);
                        break;
                    case RecoveryAction.Finished end:
                        return await DropQueuedTicksAsync(run, end.Result, cancellationToken);
                }
            }
            catch (AgentException e)
            {
                run.Recovery.Failed(e.Failure, e.Message, run.NowNs);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                run.Recovery.Cancel(run.NowNs);
            }
        }
    }

    private async Task MeasureAsync(Run run, RecoveryAction.Measure measure, CancellationToken cancellationToken)
    {
        List<ClockBracket> brackets = [];
        if (!run.AsksProver || !await run.Prover.AskAsync(async prover => brackets = await ReadAsync(run, prover, measure, cancellationToken), cancellationToken))
        {
            await SynchronizeAsync(run, run.Agent, cancellationToken);
            brackets = await ReadAsync(run, run.Agent, measure, cancellationToken);
        }

        if (brackets.Count == 0)
            throw new AgentException(AgentFailure.Transport, "the host's own clock is being stepped");
        run.Recovery.Measured(brackets, run.NowNs);
        OnMeasured?.Invoke(brackets.MinBy(b => b.RoundTripNs).Offset, run.Clock.Elapsed);
    }

    private async Task<List<ClockBracket>> ReadAsync(Run run, IGuestAgent agent, RecoveryAction.Measure measure, CancellationToken cancellationToken)
    {
        var brackets = new List<ClockBracket>(measure.Brackets);
        using var turn = await TurnAsync(run, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        // A host whose clock is being stepped gives unsound readings; they are taken again.
        for (var i = 0; i < measure.Brackets * 2 && brackets.Count < measure.Brackets; i++)
        {
            var bracket = await agent.ReadTimeAsync(Limit(run), cancellationToken);
            if (bracket.IsSound)
                brackets.Add(bracket);
            if (brackets.Count > 0 && Stopwatch.GetElapsedTime(started).TotalNanoseconds > measure.EnoughAfterNs)
                break;
        }

        run.IsSlow |= turn.WasLost;
        return brackets;
    }

    /// <summary>An agent that does not answer may be starting, or catching up after a pause: it is asked until the limit.</summary>
    private async Task SynchronizeAsync(Run run, IGuestAgent agent, CancellationToken cancellationToken)
    {
        var limit = run.Recovery.HasSet ? Left(run) : Limit(run);
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await agent.SynchronizeAsync(Shorter(limit - Stopwatch.GetElapsedTime(started), TimeSpan.FromSeconds(1)), cancellationToken);
                return;
            }
            catch (AgentException e) when (IsWorthAnotherTry(e.Failure) && Stopwatch.GetElapsedTime(started) < limit)
            {
                await Task.Delay(20, cancellationToken);
            }
        }
    }

    private async Task SetAsync(Run run, RecoveryAction.SetClock set, CancellationToken cancellationToken)
    {
        using (await TurnAsync(run, cancellationToken))
        {
            // Where the other one has measured, this one may not have been spoken to since it failed.
            if (run.Prover.Answers)
                await run.Agent.SynchronizeAsync(Limit(run), cancellationToken);
            await run.Agent.BeginSetTimeAsync(set.AheadNs, cancellationToken);
        }

        run.Recovery.Sent(set.AheadNs, run.NowNs);
        var complaint = await ReplyAsync(run, cancellationToken);
        run.HasComplained = complaint is not null;
        run.Recovery.Replied(complaint?.Failure, complaint?.Message ?? "", run.NowNs);
    }

    /// <summary>Waits for the reply to the set, and has the second agent look at the guest's clock meanwhile.</summary>
    /// <returns>What the agent complained of, or null.</returns>
    private async Task<AgentException?> ReplyAsync(Run run, CancellationToken cancellationToken)
    {
        using var replied = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var glimpses = GlimpseAsync(run, replied.Token);
        try
        {
            // Half of what is left: where the agent died over it, the other half is for the next agent, or the second one, to tell what came of it.
            await run.Agent.FinishSetTimeAsync(Left(run) / 2, cancellationToken);
            return null;
        }
        catch (AgentException e)
        {
            return e;
        }
        finally
        {
            await replied.CancelAsync();
            await glimpses;
        }
    }

    /// <summary>
    /// Has the second agent look at the guest's clock until that is right, or the reply to the set is there. Nothing is decided by it: a look may
    /// come before the set takes effect.
    /// </summary>
    private async Task GlimpseAsync(Run run, CancellationToken replied)
    {
        try
        {
            await run.Prover.AskAsync(prover => LookUntilRightAsync(run, prover, replied), replied);
        }
        catch (OperationCanceledException) when (replied.IsCancellationRequested)
        {
            // The measurement comes now.
        }
    }

    private async Task LookUntilRightAsync(Run run, IGuestAgent prover, CancellationToken cancellationToken)
    {
        while (true)
        {
            ClockBracket bracket;
            using (var turn = await TurnAsync(run, cancellationToken))
            {
                bracket = await prover.ReadTimeAsync(Limit(run), cancellationToken);
                run.IsSlow |= turn.WasLost;
            }

            if (bracket.IsSound && run.Recovery.Glimpsed(bracket.Offset, run.NowNs))
            {
                OnMeasured?.Invoke(bracket.Offset, run.Clock.Elapsed);
                return;
            }

            await Task.Delay(GlimpseEvery, cancellationToken);
        }
    }

    /// <summary>A machine that injects lost RTC ticks again would push the guest's clock ahead of what was just set.</summary>
    private async Task<RecoveryResult> DropQueuedTicksAsync(Run run, RecoveryResult result, CancellationToken cancellationToken)
    {
        if (result.Outcome != RecoveryOutcome.Recovered || run.Agent is not IRtcCatchup machine)
            return result;
        try
        {
            await machine.DropQueuedTicksAsync(Limit(run), cancellationToken);
            return result;
        }
        catch (AgentException e)
        {
            return result with { Detail = $"QEMU could not be told to drop queued RTC ticks: {e.Message}" };
        }
    }

    private Task<TalkTurn> TurnAsync(Run run, CancellationToken cancellationToken) => TalkTurn.TakeAsync(run.IsSlow ? null : Turns, cancellationToken);

    private static bool IsWorthAnotherTry(AgentFailure failure) => failure is AgentFailure.AgentNotRunning or AgentFailure.Busy;

    private TimeSpan Left(Run run) => TimeSpan.FromTicks(Math.Max(0, (policy.TimeoutNs - run.NowNs) / 100));

    private TimeSpan Limit(Run run) => Shorter(Left(run), AnswerLimit);

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private sealed class Run(string guest, IGuestAgent agent, SecondAgent prover, RecoveryPolicy policy, Stopwatch clock)
    {
        public Recovery Recovery { get; } = new(guest, policy);

        public IGuestAgent Agent => agent;

        public SecondAgent Prover => prover;

        public Stopwatch Clock => clock;

        public long NowNs => (long)clock.Elapsed.TotalNanoseconds;

        /// <summary>It has lost its turn once, and takes none any more.</summary>
        public bool IsSlow { get; set; }

        /// <summary>The last set was not replied to, or with an error.</summary>
        public bool HasComplained { get; set; }

        /// <summary>After a set. One that has not answered by the time of the reply is waited for only where the first agent may be lost.</summary>
        public bool AsksProver => Recovery.HasSet && (Prover.Answers || HasComplained);
    }
}
