using Guestclock.Facts;
using Guestclock.Protocols.Ptp;

namespace Guestclock.Checks.Phc;

/// <summary>The PTP clock by which a hypervisor shows its time to a guest.</summary>
/// <param name="Module">The kernel module that makes it.</param>
/// <param name="ClockName">Its name in /sys/class/ptp.</param>
/// <param name="StableName">The link that udev's rules make (systemd, rules.d/50-udev-default.rules), or null.</param>
/// <param name="Option">The option of the kernel's configuration.</param>
internal sealed record HostClock(string Module, string ClockName, string? StableName, string Option)
{
    public static HostClock? Of(MachineFacts facts) => facts.Identity.Hypervisor.Or(Hypervisor.Unknown) switch
    {
        Hypervisor.Kvm => new("ptp_kvm", PtpClockName.Kvm, "/dev/ptp_kvm", "CONFIG_PTP_1588_CLOCK_KVM"),
        Hypervisor.HyperV => new("hv_utils", "hyperv", "/dev/ptp_hyperv", "CONFIG_HYPERV_UTILS"),
        Hypervisor.Vmware => new("ptp_vmw", "ptp_vmw", null, "CONFIG_PTP_1588_CLOCK_VMW"),
        _ => null,
    };

    /// <summary>A clock that shows the time of the hypervisor or of its platform; that of a network card is not judged.</summary>
    public static bool Is(PtpClock clock) => PtpClockName.IsHypervisors(clock.ClockName);

    /// <summary>A clock of ptp_vmclock: UTC on Linux 6.13 to 6.19, TAI on 7.x.</summary>
    public static bool IsVmClock(PtpClock clock) => PtpClockName.IsVmClock(clock.ClockName);

    /// <summary>The clocks of the hypervisor, its usual one first.</summary>
    public static IReadOnlyList<PtpClock> All(MachineFacts facts)
    {
        var usual = Of(facts)?.ClockName;
        return [.. facts.Devices.PtpClocks.Or([]).Where(Is).OrderBy(c => c.ClockName == usual ? 0 : 1)];
    }

    /// <summary>The clock that a device name of a configuration means.</summary>
    public static PtpClock? Find(MachineFacts facts, string device) =>
        facts.Devices.PtpClocks.Or([]).FirstOrDefault(c => c.Device == device || c.StableNames.Contains(device, StringComparer.Ordinal));

    /// <summary>The name of a clock that does not change: its link, or the one that a rule can make; its device where there is neither.</summary>
    public static string NameOf(MachineFacts facts, PtpClock clock) => clock.StableNames.Count > 0 ? clock.StableNames[0]
        : Of(facts) is { StableName: { } stable } usual && usual.ClockName == clock.ClockName ? stable : clock.Device;

    /// <summary>/dev/ptp0 and the like: the order in which the clocks were found.</summary>
    public static bool IsNumber(string device) => device.StartsWith("/dev/ptp", StringComparison.Ordinal) && device.Length > 8
        && !device.AsSpan(8).ContainsAnyExceptInRange('0', '9');

    /// <summary>The finding for a machine to which the checks of this group do not apply; null where they do.</summary>
    public static Finding? NotHere(MachineFacts facts)
    {
        var roles = facts.Identity.Roles;
        if (!roles.IsKnown)
            return Finding.Unknown("the machine's role", roles);
        if (facts.Identity.Os.Is(o => o.Family == OsFamily.Windows))
            return Finding.NotApplicable("Windows has no PTP devices; its hypervisor's clock for it is hypervclock (domain-timers)");
        if (facts.Has(Role.Container))
            return Finding.NotApplicable("a container has the clock devices of its host");
        return facts.IsGuest ? null : Finding.NotApplicable("the machine is not a guest: no hypervisor shows it a clock");
    }
}
