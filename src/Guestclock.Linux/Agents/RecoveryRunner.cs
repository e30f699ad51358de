using System.Diagnostics;
using Guestclock.Discipline;

namespace Guestclock.Linux.Agents;

/// <summary>Carries out what <see cref="Recovery"/> says, on a guest's agent.</summary>
public sealed class RecoveryRunner(RecoveryPolicy policy)
{
    private static readonly TimeSpan ProverLimit = TimeSpan.FromSeconds(1);

    /// <summary>For the agent's first answer, and again for the first one after a set.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Taken while it matters when something is sent or received (<see cref="TalkTurn"/>); not while the guest writes its RTC, which takes it a
    /// second. Keeps many runs at once from disturbing each other's round trips.
    /// </summary>
    public SemaphoreSlim? Turns { get; init; }

    /// <summary>Told of each measurement, as soon as it is in hand: the first proof, too, which the result has only at the end.</summary>
    public Action<ClockOffset, TimeSpan>? OnMeasured { get; init; }

    /// <param name="agent">The guest's agent; it stays open.</param>
    /// <param name="prover">A second channel to a second agent in the same guest: it measures while the first one still writes the RTC.</param>
    public Task<RecoveryResult> RunAsync(string guest, IGuestAgent agent, IGuestAgent? prover, CancellationToken cancellationToken) =>
        RunAsync(guest, agent, prover, Stopwatch.StartNew(), cancellationToken);

    /// <param name="clock">Runs since the run began, the opening of the channels included.</param>
    internal async Task<RecoveryResult> RunAsync(string guest, IGuestAgent agent, IGuestAgent? prover, Stopwatch clock, CancellationToken cancellationToken)
    {
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
                        await run.FinishAsync(end.Result.Outcome == RecoveryOutcome.Cancelled ? TimeSpan.Zero : Left(run), cancellationToken);
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
        var agent = await ProverAsync(run, cancellationToken);
        if (agent is null)
        {
            await run.FinishAsync(Left(run) / 2, cancellationToken);
            agent = run.Agent;
            await SynchronizeAsync(run, agent, cancellationToken);
        }

        var brackets = new List<ClockBracket>(measure.Brackets);
        using (var turn = await TurnAsync(run, cancellationToken))
        {
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
        }

        if (brackets.Count == 0)
            throw new AgentException(AgentFailure.Transport, "the host's own clock is being stepped");
        run.Recovery.Measured(brackets, run.NowNs);
        OnMeasured?.Invoke(brackets.MinBy(b => b.RoundTripNs).Offset, run.Clock.Elapsed);
    }

    /// <summary>The second agent for a proof, if there is one and it answers; one that does not is done without. Before the first set nobody waits for it.</summary>
    private static async Task<IGuestAgent?> ProverAsync(Run run, CancellationToken cancellationToken)
    {
        if (run.Prover is not { } prover || !run.Recovery.HasSet)
            return null;
        try
        {
            await prover.SynchronizeAsync(ProverLimit, cancellationToken);
            return prover;
        }
        catch (AgentException)
        {
            run.Prover = null;
            return null;
        }
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
        await run.FinishAsync(Left(run), cancellationToken);
        using (await TurnAsync(run, cancellationToken))
        {
            if (run.Prover is not null)
                await run.Agent.SynchronizeAsync(Limit(run), cancellationToken);
            await run.Agent.BeginSetTimeAsync(set.AheadNs, cancellationToken);
        }

        run.Recovery.Sent(set.AheadNs, run.NowNs);
        run.IsSetting = true;
        if (run.Prover is not null)
        {
            run.Recovery.Replied(null, "", run.NowNs);
            return;
        }

        // Half of what is left: where the agent died over it, the other half is for the next agent to tell what came of it.
        var complaint = await run.FinishAsync(Left(run) / 2, cancellationToken);
        run.Recovery.Replied(complaint?.Failure, complaint?.Message ?? "", run.NowNs);
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

    private sealed class Run(string guest, IGuestAgent agent, IGuestAgent? prover, RecoveryPolicy policy, Stopwatch clock)
    {
        public Recovery Recovery { get; } = new(guest, policy);

        public IGuestAgent Agent => agent;

        public IGuestAgent? Prover { get; set; } = prover;

        public Stopwatch Clock => clock;

        public long NowNs => (long)clock.Elapsed.TotalNanoseconds;

        /// <summary>It has lost its turn once, and takes none any more.</summary>
        public bool IsSlow { get; set; }

        /// <summary>A set has been sent, and its reply not been read.</summary>
        public bool IsSetting { get; set; }

        /// <summary>Reads the reply to the last set; returns what the agent complained of, or null.</summary>
        public async Task<AgentException?> FinishAsync(TimeSpan limit, CancellationToken cancellationToken)
        {
            if (!IsSetting)
                return null;
            IsSetting = false;
            try
            {
                await agent.FinishSetTimeAsync(limit, cancellationToken);
                return null;
            }
            catch (AgentException e)
            {
                return e;
            }
        }
    }
}
