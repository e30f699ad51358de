using Guestclock.Facts;
using Guestclock.Remedies;

namespace Guestclock.Checks.Kvm;

/// <summary>kvm-stable-clock: KVM's clock is stable and comes with pairs of realtime and host TSC (flags of KVM_GET_CLOCK).</summary>
public sealed class KvmStableClock : Check
{
    private const long RealtimeFlag = 4;
    private const long StableFlag = 2;

    public override string Id => "kvm-stable-clock";

    public override string Title => "KVM's clock for guests is stable";

    public override CheckGroup Group => CheckGroup.Kvm;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (KvmHost.ExcludesX86(facts) is { } excluded)
            return excluded;
        if (!facts.Kvm.Clock.TryGet(out var clock))
            return Finding.Unknown("KVM's clock", facts.Kvm.Clock);
        var evidence = EvidenceItem.Of("KVM_GET_CLOCK", facts.Kvm.Clock, Words(clock));
        var source = EvidenceItem.Of("host clock source", facts.Clock.CurrentSource);
        if (clock.IsStable && clock.HasRealtime && clock.HasHostTsc)
            return Finding.Pass("KVM's clock is stable, with pairs of realtime and host TSC", evidence, source);
        var known = facts.Kvm.KnownClockFlags;
        if (clock.IsStable)
        {
            return known.Is(k => (k & RealtimeFlag) != 0)
                ? Finding.Info("KVM's clock is stable, but KVM gives no pair of realtime and host TSC with it", evidence, source)
                : Finding.Pass("KVM's clock is stable; this kernel is older than 5.16 and gives no pairs with it", evidence, source);
        }

        if (!known.Is(k => (k & StableFlag) != 0) || (!known.Is(k => (k & RealtimeFlag) != 0) && IsTscBased(facts)))
        {
            return Finding.Unknown("cannot tell: this kernel does not say whether KVM's clock is stable",
                "the flags of KVM_GET_CLOCK are not worked out before a guest runs", FactState.Unsupported, evidence, source);
        }

        if (KvmHost.OnlyCould(facts))
            return Finding.Info("guests inside this guest would get no stable kvm-clock, but it runs none", evidence, source);
        return Finding.Warning(
            "KVM's clock is not stable: guests lose the fast and exact kvm-clock, and ptp_kvm does not work in them", Mend(facts),
                evidence, source);
    }

    private static bool IsTscBased(MachineFacts facts) => facts.Clock.CurrentSource.Is(s => s is "tsc" or "hyperv_clocksource_tsc_page");

    private static Remedy Mend(MachineFacts facts)
    {
        if (IsTscBased(facts))
            return new("The host's TSCs do not agree, or went backwards; see tsc-stable and tsc-synchronized", "dmesg | grep -i tsc");
        return facts.Clock.AvailableSources.Is(a => a.Contains("tsc"))
            ? new("Make the host's clock source tsc: now, and at boot as clocksource-suitable says; then start the guests again",
                "echo tsc > /sys/devices/system/clocksource/clocksource0/current_clocksource")
            : new("The host must run on the clock source tsc, which it does not offer: see tsc-stable and clocksource-suitable",
                "dmesg | grep -i -E 'tsc|clocksource'");
    }

    private static string Words(KvmClock clock) =>
        $"flags 0x{clock.Flags:X}: stable {YesNo(clock.IsStable)}, realtime {YesNo(clock.HasRealtime)}, host TSC {YesNo(clock.HasHostTsc)}";

    private static string YesNo(bool value) => value ? "yes" : "no";
}
