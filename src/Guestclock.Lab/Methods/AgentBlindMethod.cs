using Guestclock.Lab.Results;
using Guestclock.Lab.Scenarios;
using Guestclock.Protocols.GuestAgent;

namespace Guestclock.Lab.Methods;

/// <summary>What platforms do that care: one agent call with the host's time, sent and forgotten.</summary>
public sealed class AgentBlindMethod : ILabMethod
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public string Name => "agent-blind";

    public string Description => "One agent call with the host's time, not measured before or after.";

    public async Task<MethodClaim> RecoverAsync(LabRun run, long brokenAtNs, CancellationToken cancellationToken)
    {
        using var agent = await PlainAgent.ConnectAsync(run.Guest.AgentSocket, cancellationToken);
        agent.Send(AgentRequest.SetTime(run.HostClock.RealtimeNs));
        // Nobody looks at the answer; only the channel stays open until it has come.
        return MethodClaim.Nothing with { Detail = await agent.AnswerAsync(Limit, cancellationToken) };
    }
}
