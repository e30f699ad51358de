using Guestclock.Facts;
using Guestclock.Protocols.VmClock;

namespace Guestclock.Checks.Phc;

/// <summary>vmclock-present: a vmclock device, and whether it is a clock or only the signal that the counter was disrupted.</summary>
public sealed class VmClockPresent : Check
{
    public override string Id => "vmclock-present";

    public override string Title => "A vmclock device tells of migrations and restored snapshots";

    public override CheckGroup Group => CheckGroup.Phc;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (HostClock.NotHere(facts) is { } not)
            return not;
        var devices = facts.Devices.VmClocks;
        if (!devices.TryGet(out var list))
            return Finding.Unknown("the vmclock devices", devices);
        if (list.Count == 0)
        {
            return Finding.NotApplicable(
                "the hypervisor offers no vmclock (QEMU 10 does with -device vmclock), or the kernel has no driver for it (Linux 6.13)");
        }

        var device = list[0];
        if (!device.Page.TryGet(out var page))
            return Finding.Unknown($"the page of {device.Device}", device.Page);

        var evidence = new EvidenceItem(device.Device, Describe(page), device.Page.Source);
        if (page.DisruptionAhead > 0)
        {
            var when = page.DisruptionAhead == 2 ? "an hour" : "a day";
            return Finding.Info($"{device.Device} announces a disruption within about {when}", evidence);
        }

        if (page.OffersTime)
        {
            return Finding.Pass(
                $"{device.Device} offers {page.TimeType.ToUpperInvariant()} and tells of disruptions (marker {page.DisruptionMarker})",
                evidence);
        }

        return page.StatusId == 4
            ? Finding.Info($"{device.Device} says itself that its time is unreliable; it still tells of disruptions", evidence)
            : Finding.Info($"{device.Device} tells of disruptions (marker {page.DisruptionMarker}) but offers no time", evidence);
    }

    private static string Describe(VmClockPage page) =>
        $"counter {page.Counter}, time type {page.TimeType}, status {page.Status}, marker {page.DisruptionMarker}, flags 0x{page.Flags:x}";
}
