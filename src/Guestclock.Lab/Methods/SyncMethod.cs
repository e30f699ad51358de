using Guestclock.Discipline;
using Guestclock.Lab.Results;
using Guestclock.Lab.Scenarios;
using Guestclock.Linux.Agents;

namespace Guestclock.Lab.Methods;

/// <summary><c>guestclock sync</c>, told of the break by somebody else, over the guest's one agent.</summary>
public sealed class SyncMethod : ILabMethod
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(2);

    public string Name => "sync";

    public string Description => "guestclock sync, started at the break: measures, sets, proves.";

    public async Task<MethodClaim> RecoverAsync(LabRun run, long brokenAtNs, CancellationToken cancellationToken)
    {
        await using var agent = await AgentSocket.ConnectAsync(run.Guest.AgentSocket, run.HostClock, ConnectLimit, cancellationToken);
        long? measuredNs = null;
        var runner = new RecoveryRunner(RecoveryPolicy.Default) { OnMeasured = (_, _) => measuredNs = run.HostClock.MonotonicNs - brokenAtNs };
        var startedNs = run.HostClock.MonotonicNs - brokenAtNs;
        var result = await runner.RunAsync("guest", agent, null, cancellationToken);
        return new(result.After?.OffsetNs, result.After?.BoundNs, startedNs + result.ProofNs)
        {
            MeasuredNs = measuredNs,
            Detail = result.Detail,
        };
    }
}
