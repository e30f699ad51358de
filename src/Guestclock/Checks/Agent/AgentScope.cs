using Guestclock.Facts;
using Guestclock.Remedies;

namespace Guestclock.Checks.Agent;

/// <summary>Where the guest agent matters: in guests of QEMU, KVM or not.</summary>
internal static class AgentScope
{
    /// <summary>The finding for a machine to which the checks of this group do not apply; null where they do.</summary>
    public static Finding? NotHere(MachineFacts facts)
    {
        var roles = facts.Identity.Roles;
        if (!roles.IsKnown)
            return Finding.Unknown("the machine's role", roles);
        if (facts.Identity.Os.Is(o => o.Family == OsFamily.Windows))
            return Finding.NotApplicable("the services of Windows, its guest agent among them, are not judged");
        if (facts.Has(Role.Container))
            return Finding.NotApplicable("the guest agent runs in the machine, not in a container of it");
        if (!facts.IsGuest)
            return Finding.NotApplicable("the machine is not a guest");
        var hypervisor = facts.Identity.Hypervisor.Or(Hypervisor.Unknown);
        return hypervisor is Hypervisor.Kvm or Hypervisor.Tcg or Hypervisor.Unknown
            ? null
            : Finding.NotApplicable($"the QEMU guest agent is not for guests of {hypervisor}");
    }

    /// <summary>The guest puts its clock right after a pause without its host: chronyd runs and may step at any time.</summary>
    public static bool StepsByItself(MachineFacts facts) =>
        facts.Services.Running.Any(s => s.Kind == TimeServiceKind.Chronyd && !s.NoSet)
        && facts.Services.ChronyConf.TryGet(out var conf)
        && conf.Last("makestep") is { Words: [_, var limit, ..] }
        && limit.StartsWith('-');

    /// <summary>A warning, or info where the guest does not depend on its agent for the time.</summary>
    public static Finding Open(MachineFacts facts, string summary, Remedy remedy, params IReadOnlyList<EvidenceItem> evidence) =>
        StepsByItself(facts)
            ? Finding.Info($"{summary}; the guest steps its clock by itself", evidence) with { Remedy = remedy }
            : Finding.Warning(summary, remedy, evidence);
}
