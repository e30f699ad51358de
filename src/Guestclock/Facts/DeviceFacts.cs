using Guestclock.Protocols.VmClock;

namespace Guestclock.Facts;

/// <summary>Clock devices: PTP hardware clocks, vmclock, RTC.</summary>
public sealed record DeviceFacts
{
    public Fact<IReadOnlyList<PtpClock>> PtpClocks { get; init; } = Fact<IReadOnlyList<PtpClock>>.None;

    public Fact<IReadOnlyList<VmClockDevice>> VmClocks { get; init; } = Fact<IReadOnlyList<VmClockDevice>>.None;

    public Fact<IReadOnlyList<RtcDevice>> Rtcs { get; init; } = Fact<IReadOnlyList<RtcDevice>>.None;

    /// <summary>
    /// The third line of /etc/adjtime: <c>UTC</c> or <c>LOCAL</c>; missing without that file, and then hwclock(8) takes UTC.
    /// </summary>
    public Fact<string> RtcTimeScale { get; init; } = Fact<string>.None;
}

/// <summary>One PTP hardware clock.</summary>
/// <param name="Device">Its device file, <c>/dev/ptp0</c>.</param>
/// <param name="ClockName">/sys/class/ptp/ptpN/clock_name: <c>KVM virtual PTP</c>, <c>hyperv</c>, <c>vmclock0</c>, a driver's name.</param>
/// <param name="StableNames">Links below /dev that point to it, such as <c>/dev/ptp_kvm</c>.</param>
/// <param name="Reading">One reading against the system clock.</param>
public sealed record PtpClock(string Device, string ClockName, IReadOnlyList<string> StableNames, Fact<PtpReading> Reading);

/// <summary>The narrowest of several readings of a PHC between two readings of the system clock.</summary>
/// <param name="OffsetNs">PHC - system clock; positive: the PHC is ahead.</param>
/// <param name="BoundNs">Half of the reading interval: the true offset lies within ± this of <paramref name="OffsetNs"/>.</param>
/// <param name="Method"><c>precise</c>, <c>extended</c> or <c>plain</c>.</param>
public sealed record PtpReading(long OffsetNs, long BoundNs, string Method);

/// <summary>One vmclock device (<c>/dev/vmclock0</c>) and its page.</summary>
public sealed record VmClockDevice(string Device, Fact<VmClockPage> Page);

/// <summary>One RTC.</summary>
/// <param name="HcToSys">/sys/class/rtc/rtcN/hctosys: the kernel set the clock from it at boot.</param>
/// <param name="Offset">RTC - system clock in nanoseconds, when the RTC is read as UTC (it holds local time where
/// <see cref="DeviceFacts.RtcTimeScale"/> says so).</param>
public sealed record RtcDevice(string Device, string Name, bool HcToSys, Fact<RtcReading> Offset);

/// <summary>One reading of an RTC.</summary>
/// <param name="OffsetNs">RTC - system clock; positive: the RTC is ahead.</param>
/// <param name="BoundNs">The true offset lies within ± this of <paramref name="OffsetNs"/> (half a second for a plain reading).</param>
public sealed record RtcReading(long OffsetNs, long BoundNs);
