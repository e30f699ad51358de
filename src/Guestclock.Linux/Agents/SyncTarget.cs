using System.Diagnostics;
using Guestclock.Discipline;

namespace Guestclock.Linux.Agents;

/// <summary>A guest that can be synchronised: its name, and the ways to its agents.</summary>
/// <param name="OpenAsync">Opens the agent's channel; throws <see cref="AgentException"/> where there is none.</param>
/// <param name="OpenProverAsync">Opens a second channel to a second agent, once the clock is being set; null where there is none.</param>
public sealed record SyncTarget(
    string Name, Func<CancellationToken, Task<IGuestAgent>> OpenAsync, Func<CancellationToken, Task<IGuestAgent?>>? OpenProverAsync = null)
{
    /// <summary>Opens the channel, runs sense, decide, set and prove, and closes it again. Failures are in the result.</summary>
    public async Task<RecoveryResult> RunAsync(RecoveryPolicy policy, RecoveryRunner runner, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            await using var agent = await OpenWithinAsync(TimeSpan.FromTicks(policy.TimeoutNs / 100), cancellationToken);
            return await runner.RunAsync(Name, agent, OpenProverAsync, clock, cancellationToken);
        }
        catch (AgentException e)
        {
            return Ended(RecoveryOutcome.Failed) with { Failure = e.Failure, Detail = e.Message };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Ended(RecoveryOutcome.Cancelled);
        }

        RecoveryResult Ended(RecoveryOutcome outcome) => new(Name, outcome, policy.WithinNs) { TookNs = (long)clock.Elapsed.TotalNanoseconds };
    }

    /// <summary>Opens the agent's channel.</summary>
    /// <exception cref="AgentException">There is none, or that takes longer than the limit.</exception>
    public async Task<IGuestAgent> OpenWithinAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(limit);
        try
        {
            return await OpenAsync(end.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AgentException(AgentFailure.Busy, $"the way to the agent did not open within {limit.TotalSeconds:0.#} s", e);
        }
    }
}
