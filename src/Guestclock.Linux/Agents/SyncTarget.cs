using System.Diagnostics;
using Guestclock.Discipline;

namespace Guestclock.Linux.Agents;

/// <summary>A guest that can be synchronised: its name, and the ways to its agents.</summary>
/// <param name="OpenAsync">Opens the agent's channel; throws <see cref="AgentException"/> where there is none.</param>
/// <param name="OpenProverAsync">Opens a second channel to a second agent; null where there is none.</param>
public sealed record SyncTarget(
    string Name, Func<CancellationToken, Task<IGuestAgent>> OpenAsync, Func<CancellationToken, Task<IGuestAgent?>>? OpenProverAsync = null)
{
    /// <summary>Opens the channels, runs sense, decide, set and prove, and closes them again. Failures are in the result.</summary>
    public async Task<RecoveryResult> RunAsync(RecoveryPolicy policy, RecoveryRunner runner, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await using var agent = await OpenAsync(cancellationToken);
            await using var prover = OpenProverAsync is null ? null : await OpenProverAsync(cancellationToken);
            return await runner.RunAsync(Name, agent, prover, cancellationToken);
        }
        catch (AgentException e)
        {
            return Ended(RecoveryOutcome.Failed) with { Failure = e.Failure, Detail = e.Message };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Ended(RecoveryOutcome.Cancelled);
        }

        RecoveryResult Ended(RecoveryOutcome outcome) =>
            new(Name, outcome, policy.WithinNs) { TookNs = (long)Stopwatch.GetElapsedTime(started).TotalNanoseconds };
    }
}
