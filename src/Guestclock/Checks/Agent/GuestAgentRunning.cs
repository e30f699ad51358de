using Guestclock.Facts;
using Guestclock.Remedies;

namespace Guestclock.Checks.Agent;

/// <summary>guest-agent-running: the QEMU guest agent is there for its host, now and after a reboot.</summary>
public sealed class GuestAgentRunning : Check
{
    public override string Id => "guest-agent-running";

    public override string Title => "The guest agent runs on its channel and starts at boot";

    public override CheckGroup Group => CheckGroup.Agent;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (AgentScope.NotHere(facts) is { } not)
            return not;
        var agent = facts.Agent;
        var evidence = Evidence(agent);
        if (agent.Running.Is(r => r))
        {
            return agent.Enabled.Is(e => !e)
                ? AgentScope.Open(facts, "the guest agent runs, but does not start at boot", Start(facts), evidence)
                : Finding.Pass("the guest agent runs", evidence);
        }

        if (!agent.Installed.IsKnown)
            return NotInstalled(facts, evidence);
        if (agent.Channel.State == FactState.Missing)
            return Finding.Info("the guest agent is installed, but the virtual machine has no channel for it", evidence)
                with
            { Remedy = AddChannel() };
        if (!agent.Running.IsKnown)
            return NotSeenRunning(agent, evidence);
        return AgentScope.Open(facts,
            "the guest agent is installed but does not run: the host cannot set this guest's clock after a pause", Start(facts), evidence);
    }

    private static Finding NotInstalled(MachineFacts facts, IReadOnlyList<EvidenceItem> evidence)
    {
        var agent = facts.Agent;
        if (agent.Installed.State != FactState.Missing)
            return Finding.Unknown("whether the guest agent is installed", agent.Installed);
        if (agent.Channel.State == FactState.Missing)
            return Finding.NotApplicable("the virtual machine has no channel for a guest agent, and none is installed", evidence);
        if (!agent.Channel.IsKnown)
            return Finding.Info("no guest agent is installed", evidence);
        var install = new Remedy("Install the guest agent, so that the host can set the clock after a pause",
            [ByDistribution.Install(facts, "qemu-guest-agent"), .. Start(facts).Commands]);
        const string Summary = "the host has a channel for a guest agent, but none is installed";
        return facts.Assumed.Pauses == true
            ? AgentScope.Open(facts, Summary, install, evidence)
            : Finding.Info(Summary, evidence) with { Remedy = install };
    }

    /// <summary>An image: what starts at boot is all that can be told.</summary>
    private static Finding NotSeenRunning(AgentFacts agent, IReadOnlyList<EvidenceItem> evidence) =>
        agent.Running.State == FactState.NotRecorded && agent.Enabled.Is(e => e)
            ? Finding.Pass("the guest agent is installed and starts at boot", evidence)
            : Finding.Unknown("whether the guest agent runs", agent.Running);

    private static IReadOnlyList<EvidenceItem> Evidence(AgentFacts agent) =>
    [
        EvidenceItem.Of("program", agent.Installed),
        EvidenceItem.Of("running", agent.Running),
        EvidenceItem.Of("starts at boot", agent.Enabled),
        EvidenceItem.Of("channel", agent.Channel),
    ];

    /// <summary>Units that a udev rule starts have no [Install] section: they are only started.</summary>
    private static Remedy Start(MachineFacts facts)
    {
        var unit = facts.Agent.Unit;
        var service = unit[(unit.LastIndexOf('/') + 1)..].Replace(".service", "", StringComparison.Ordinal);
        if (service.EndsWith('@'))
            return new("Start the guest agent; its udev rule starts it at boot",
                "udevadm trigger --action=add --subsystem-match=virtio-ports");
        var byRule = facts.Agent.Enabled.Is(e => e)
            || (facts.Identity.Os.Is(o => o.Family == OsFamily.Debian) && !ByDistribution.IsSysV(facts));
        IReadOnlyList<string> commands = byRule ? [ByDistribution.Start(facts, service)] : ByDistribution.EnableAndStart(facts, service);
        return new("Start the guest agent now and at boot", commands);
    }

    private static Remedy AddChannel() => new(
        "On the host, add a channel with the target type='virtio' name='org.qemu.guest_agent.0' to the domain (virsh edit), "
        + "then power the guest off and on");
}
