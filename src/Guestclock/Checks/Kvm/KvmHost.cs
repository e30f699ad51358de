using Guestclock.Facts;

namespace Guestclock.Checks.Kvm;

/// <summary>Which machines the checks of KVM concern.</summary>
internal static class KvmHost
{
    /// <summary>Why a check of KVM has nothing to judge here, or null.</summary>
    public static Finding? Excludes(MachineFacts facts)
    {
        if (facts.Has(Role.KvmHost) || RunsKvmGuests(facts))
            return null;
        return facts.Identity.Roles.IsKnown
            ? Finding.NotApplicable("the machine is not a KVM host")
            : Finding.Unknown("the machine's role", facts.Identity.Roles);
    }

    /// <summary>The same, for what only x86 has.</summary>
    public static Finding? ExcludesX86(MachineFacts facts)
    {
        if (Excludes(facts) is { } finding)
            return finding;
        if (facts.Identity.Architecture.IsKnown && !facts.IsX86)
            return Finding.NotApplicable($"{facts.Identity.Architecture.Value} has no kvm-clock and no TSC");
        return facts.Kvm.ApiVersion.State == FactState.Missing
            ? Finding.NotApplicable("there is no KVM device (see kvm-usable)", EvidenceItem.Of("KVM", facts.Kvm.ApiVersion))
            : null;
    }

    /// <summary>
    /// A guest that could run guests itself, because its CPU's virtualization was passed to it, and runs none as far as can be seen.
    /// </summary>
    public static bool OnlyCould(MachineFacts facts) => facts.IsGuest && !RunsKvmGuests(facts);

    /// <summary>A definition or a process asks for KVM, whatever the machine's role seems to be.</summary>
    private static bool RunsKvmGuests(MachineFacts facts) =>
        facts.Libvirt.Domains.Is(all => all.Any(d => d.Xml.Is(x => x.Type == "kvm")))
        || facts.Libvirt.QemuProcesses.Is(all => all.Any(p => p.Definition.Type == "kvm"));
}
