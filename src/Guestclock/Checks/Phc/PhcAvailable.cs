using Guestclock.Facts;

namespace Guestclock.Checks.Phc;

/// <summary>phc-available: a guest sees its hypervisor's clock as a PTP clock, or it is known why not.</summary>
public sealed class PhcAvailable : Check
{
    public override string Id => "phc-available";

    public override string Title => "The guest sees its hypervisor's clock";

    public override CheckGroup Group => CheckGroup.Phc;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (HostClock.NotHere(facts) is { } not)
            return not;
        var clocks = facts.Devices.PtpClocks;
        if (!clocks.IsKnown)
            return Finding.Unknown("the PTP clocks", clocks);
        if (HostClock.All(facts) is [var clock, ..])
            return Finding.Pass($"{clock.StableNames.FirstOrDefault(clock.Device)} is the clock '{clock.ClockName}'", Clocks(clocks));
        if (NoneExpected(facts) is { } none)
            return Finding.NotApplicable(none, Clocks(clocks));

        var (summary, remedy, evidence) = PhcReason.Of(facts, HostClock.Of(facts)!);
        return new(CheckStatus.Info, summary, [Clocks(clocks), .. evidence], null, remedy);
    }

    private static EvidenceItem Clocks(Fact<IReadOnlyList<PtpClock>> clocks) =>
        EvidenceItem.Of("PTP clocks", clocks, clocks.Or([]).Count == 0
            ? "none"
            : string.Join(", ", clocks.Or([]).Select(c => $"{c.Device} {c.ClockName}")));

    /// <summary>Why this hypervisor has no clock to show.</summary>
    private static string? NoneExpected(MachineFacts facts)
    {
        var hypervisor = facts.Identity.Hypervisor.Or(Hypervisor.Unknown);
        if (hypervisor == Hypervisor.Tcg)
            return "the machine is emulated (TCG): only KVM has a clock for ptp_kvm";
        if (HostClock.Of(facts) is null)
            return hypervisor == Hypervisor.Unknown ? "the hypervisor is not known" : $"{hypervisor} shows its guests no PTP clock";
        return hypervisor == Hypervisor.Kvm && facts.Identity.Architecture.Is(a => a is not ("aarch64" or "armv7l" or "armv8l"))
            && !facts.IsX86
            ? $"there is no ptp_kvm for {facts.Identity.Architecture.Value}"
            : null;
    }
}
