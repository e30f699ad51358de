using Guestclock.Lab.Results;
using Guestclock.Lab.Scenarios;
using Guestclock.Protocols.GuestAgent;

namespace Guestclock.Lab.Methods;

/// <summary>What libvirt does for <c>virsh domtime --sync</c> and libvirt-guests for SYNC_TIME=1: the guest is told to read its RTC.</summary>
public sealed class DomtimeSyncMethod : ILabMethod
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public string Name => "domtime-sync";

    public string Description => "An agent call without a time, as by virsh domtime --sync: the guest reads its RTC.";

    public string? WhyNotIn(string scenario) => scenario == "wrong-rtc" ? "the RTC that the guest would read is what is wrong" : null;

    public async Task<MethodClaim> RecoverAsync(LabRun run, long brokenAtNs, CancellationToken cancellationToken)
    {
        using var agent = await PlainAgent.ConnectAsync(run.Guest.AgentSocket, cancellationToken);
        agent.Send(AgentRequest.SetTimeFromRtc);
        return MethodClaim.Nothing with { Detail = await agent.AnswerAsync(Limit, cancellationToken) };
    }
}
