using Guestclock.Checks.Tsc;
using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Remedies;

namespace Guestclock.Checks.ClockSource;

/// <summary>kvm-clock-present: in a KVM guest kvm-clock is offered, and if not, why.</summary>
public sealed class KvmClockPresent : Check
{
    public override string Id => "kvm-clock-present";

    public override string Title => "The guest is offered kvm-clock";

    public override CheckGroup Group => CheckGroup.ClockSource;

    public override ChainLink Link(MachineFacts facts) => ChainLink.KvmClock;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (facts.Identity.Hypervisor.Is(h => h == Hypervisor.Tcg))
            return Finding.NotApplicable("an emulated machine (QEMU without KVM, TCG) has no kvm-clock",
                EvidenceItem.Of("hypervisor", facts.Identity.Hypervisor, "tcg"));
        if (facts.Identity.Os.Is(o => o.Family == OsFamily.Windows))
            return Finding.NotApplicable("Windows does not use kvm-clock; hypervclock is the clock for it (domain-timers)");
        if (!facts.Identity.Roles.IsKnown)
            return Finding.Unknown("whether this is a KVM guest", facts.Identity.Roles);
        if (!facts.Has(Role.KvmGuest))
            return Finding.NotApplicable("this is no KVM guest",
                EvidenceItem.Of("roles", facts.Identity.Roles, string.Join(' ', facts.Identity.Roles.Value!)));
        if (facts.Identity.Architecture.IsKnown && !facts.IsX86)
            return Finding.NotApplicable(
                $"KVM guests on {facts.Identity.Architecture.Value} read a hardware counter and need no kvm-clock");
        var clock = CurrentClock.Of(facts);
        if (clock.Name == "kvm-clock" || facts.Clock.AvailableSources.Is(a => a.Contains("kvm-clock", StringComparer.Ordinal)))
            return Finding.Pass("kvm-clock is offered", EvidenceItem.Of("clock sources", facts.Clock.AvailableSources));
        if (!facts.Clock.AvailableSources.IsKnown && NextBootRefuses(facts) is { } boot)
            return Refused(facts, boot);
        if (!facts.Clock.AvailableSources.IsKnown && clock.Unknown is not null)
            return Finding.Unknown("the clock sources", facts.Clock.AvailableSources);
        return Absent(facts);
    }

    private static EvidenceItem? NextBootRefuses(MachineFacts facts) =>
        facts.Boot.DefaultEntry is { } entry && entry.Arguments.Has("no-kvmclock") ? new("boot entry", entry.Arguments.Text, entry.Source)
            : null;

    private static Finding Refused(MachineFacts facts, EvidenceItem evidence) =>
        Harm(facts, "the boot parameter no-kvmclock switches kvm-clock off",
            ByDistribution.KernelArguments(facts, "Let the guest use kvm-clock", [], ["no-kvmclock"]), [evidence]);

    private static Finding Absent(MachineFacts facts)
    {
        var sources = EvidenceItem.Of("clock sources", facts.Clock.AvailableSources);
        if (facts.Clock.CommandLine.Is(l => l.Has("no-kvmclock")))
            return Refused(facts, EvidenceItem.Of("command line", facts.Clock.CommandLine));
        var leaves = facts.Cpu.KvmFeatures;
        if (leaves.State == FactState.Missing)
        {
            return Harm(facts, "the host hides KVM from this guest, so it gets no kvm-clock",
                new Remedy("On the host: take kvm=off (libvirt: <kvm><hidden state='on'/></kvm>) out of the guest, and start it again"),
                [sources, EvidenceItem.Of("CPUID", leaves)]);
        }

        if (leaves.Is(f => !f.OffersClock))
        {
            return Harm(facts, "the host does not offer kvm-clock to this guest",
                new Remedy("On the host: remove <timer name='kvmclock' present='no'/> (QEMU: -cpu …,-kvmclock), and start the guest again"),
                [sources, EvidenceItem.Of("KVM features", leaves, $"0x{leaves.Value!.Features:x8}")]);
        }

        if (facts.Identity.KernelRelease.Is(IsTooOld))
        {
            return Finding.Info(
                $"the kernel {facts.Identity.KernelRelease.Value} is too old for kvm-clock; boot-parameters judges what it needs instead",
                    sources,
                EvidenceItem.Of("kernel", facts.Identity.KernelRelease));
        }

        return Harm(facts, leaves.IsKnown ? "the host offers kvm-clock, but this kernel does not use it" : "kvm-clock is not offered",
            new Remedy("Boot a kernel that has CONFIG_KVM_GUEST (CONFIG_KVM_CLOCK before 3.12)",
                "grep -e CONFIG_KVM_GUEST -e CONFIG_KVM_CLOCK /boot/config-$(uname -r)"), [sources]);
    }

    /// <summary>kvm-clock came with 2.6.26; RHEL 5 has it since the kernel of 5.4, 2.6.18-164.</summary>
    private static bool IsTooOld(string release) =>
        KernelVersion.IsBefore(release, 2, 6, 26)
            && !(release.StartsWith("2.6.18-", StringComparison.Ordinal) && release.Contains("el5", StringComparison.Ordinal)
            && KernelVersion.Compare(release, "2.6.18-164") >= 0);

    /// <summary>A guest whose TSC can carry the clock loses little; ptp_kvm needs kvm-clock's interface all the same.</summary>
    private static Finding Harm(MachineFacts facts, string summary, Remedy remedy, IReadOnlyList<EvidenceItem> evidence) =>
        facts.Clock.CurrentSource.Is(c => c == "tsc") && TscQuality.IsReliable(facts)
            ? Finding.Info($"{summary}; the TSC carries the clock, but ptp_kvm may be missing", evidence) with { Remedy = remedy }
            : Finding.Warning(summary, remedy, evidence);
}
