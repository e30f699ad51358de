namespace Guestclock.Protocols.Ptp;

/// <summary>What a name in /sys/class/ptp/ptpN/clock_name says of the clock.</summary>
public static class PtpClockName
{
    /// <summary>The clock of ptp_kvm: its host's system clock, as the host believes it.</summary>
    public const string Kvm = "KVM virtual PTP";

    /// <summary>
    /// A clock that shows the time of the hypervisor or of its platform, by its driver's name. The clock of a network card, which a guest
    /// may have been given too, counts from wherever it was set.
    /// </summary>
    public static bool IsHypervisors(string name) => name is Kvm or "hyperv" or "ptp_vmw"
        || IsVmClock(name)
        || name.StartsWith("Virtio PTP", StringComparison.Ordinal)
        || IsEna(name);

    /// <summary>A clock of ptp_vmclock: UTC on Linux 6.13 to 6.19, TAI on 7.x.</summary>
    public static bool IsVmClock(string name) => name.StartsWith("vmclock", StringComparison.Ordinal);

    /// <summary>The clock of Amazon's network adapter, whose driver tells an error bound beside it.</summary>
    public static bool IsEna(string name) => name.StartsWith("ena-ptp", StringComparison.Ordinal);
}
