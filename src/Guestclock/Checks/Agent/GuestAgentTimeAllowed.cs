using Guestclock.Facts;
using Guestclock.Remedies;

namespace Guestclock.Checks.Agent;

/// <summary>guest-agent-time-allowed: the agent may read and set the clock, and has the hwclock program that it needs for it.</summary>
public sealed class GuestAgentTimeAllowed : Check
{
    public override string Id => "guest-agent-time-allowed";

    public override string Title => "The guest agent may read and set the clock";

    public override CheckGroup Group => CheckGroup.Agent;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (AgentScope.NotHere(facts) is { } not)
            return not;
        var agent = facts.Agent;
        if (agent.Installed.State == FactState.Missing && !agent.Running.Is(r => r))
            return Finding.NotApplicable("no guest agent is installed");
        if (agent.Channel.State == FactState.Missing && !agent.Running.Is(r => r))
            return Finding.NotApplicable("the virtual machine has no channel for a guest agent");
        if (!agent.Rules.TryGet(out var rules))
            return Finding.Unknown("the guest agent's lists of commands", agent.Rules);

        EvidenceItem[] evidence = [EvidenceItem.Of("commands", agent.Rules, Describe(rules)), EvidenceItem.Of("hwclock", agent.HwClock)];
        if (!rules.Allows("guest-set-time"))
            return AgentScope.Open(facts, "the guest agent refuses guest-set-time: the host cannot set this guest's clock after a pause",
                Allow(facts, rules), evidence);
        if (!rules.Allows("guest-get-time"))
            return AgentScope.Open(facts, "the guest agent refuses guest-get-time: the host cannot prove this guest's clock",
                Allow(facts, rules), evidence);
        if (agent.HwClock.State == FactState.Missing)
        {
            return AgentScope.Open(facts, "hwclock is not installed: guest-set-time fails, with some versions after it has set the clock",
                new Remedy("Install hwclock", ByDistribution.Install(facts, Package(facts))), evidence);
        }

        return agent.HwClock.IsKnown
            ? Finding.Pass("the guest agent may read and set the clock", evidence)
            : Finding.Unknown("whether hwclock is installed", agent.HwClock);
    }

    private static string Describe(AgentRules rules)
    {
        if (rules.Blocked.Count == 0 && rules.Allowed.Count == 0)
            return "all allowed";
        var allowed = rules.Allowed.Count == 0 ? "" : $"only {rules.Allowed.Count} allowed";
        var blocked = rules.Blocked.Count == 0 ? "" : $"blocked: {string.Join(' ', rules.Blocked.Take(20))}";
        return string.Join("; ", new[] { allowed, blocked }.Where(t => t.Length > 0));
    }

    private static Remedy Allow(MachineFacts facts, AgentRules rules)
    {
        var change = rules.Blocked.Any(b => b is "guest-set-time" or "guest-get-time")
            ? "take guest-set-time and guest-get-time out of the list of blocked commands"
            : "add guest-set-time and guest-get-time to the list of allowed commands";
        var file = rules.Sources.LastOrDefault(s => !s.StartsWith("process", StringComparison.Ordinal))?.Split(", ")[^1]
            ?? (facts.Identity.Os.Is(o => o.Family == OsFamily.RedHat) ? "/etc/sysconfig/qemu-ga" : "/etc/qemu/qemu-ga.conf");
        var unit = facts.Agent.Unit[(facts.Agent.Unit.LastIndexOf('/') + 1)..].Replace(".service", "", StringComparison.Ordinal);
        return new($"In {file} {change}, then restart the agent", $"vi {file}",
            ByDistribution.Restart(facts, unit.EndsWith('@') ? $"'{unit}*'" : unit));
    }

    /// <summary>Debian 12, Ubuntu 23.04 and later split hwclock off util-linux.</summary>
    private static string Package(MachineFacts facts) =>
        facts.Identity.Os.Is(o => o is { Id: "debian", Major: null or >= 12 } or { Id: "ubuntu", Major: >= 23 })
            ? "util-linux-extra"
            : "util-linux";
}
