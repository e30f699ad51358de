using Guestclock.Formats;

namespace Guestclock.Facts;

/// <summary>The kernel's clock.</summary>
public sealed record ClockFacts
{
    public Fact<string> CurrentSource { get; init; } = Fact<string>.None;

    public Fact<IReadOnlyList<string>> AvailableSources { get; init; } = Fact<IReadOnlyList<string>>.None;

    /// <summary>The running kernel's command line, /proc/cmdline.</summary>
    public Fact<KernelArguments> CommandLine { get; init; } = Fact<KernelArguments>.None;

    public Fact<KernelTime> KernelTime { get; init; } = Fact<KernelTime>.None;

    public Fact<ClockReadings> Readings { get; init; } = Fact<ClockReadings>.None;

    public Fact<StealTime> Steal { get; init; } = Fact<StealTime>.None;
}

/// <summary>The state of the kernel's clock discipline, adjtimex(2).</summary>
/// <param name="State">Return value: 0 ok, 1 leap second to insert, 2 to delete, 3 in progress, 4 occurred, 5 not synchronised.</param>
/// <param name="Status">STA_* bits; 0x40 is STA_UNSYNC.</param>
/// <param name="OffsetNs">The remaining adjustment of the PLL in nanoseconds.</param>
/// <param name="FrequencyPpm">Frequency correction; positive: the clock is made faster.</param>
/// <param name="MaxErrorUs">Upper bound of the error in microseconds; grows by 500 a second up to 16 s.</param>
/// <param name="EstimatedErrorUs">Estimated error in microseconds.</param>
/// <param name="TaiOffsetS">TAI - UTC in seconds, 0 where nobody set it.</param>
public sealed record KernelTime(int State, int Status, long OffsetNs, double FrequencyPpm, long MaxErrorUs, long EstimatedErrorUs, int TaiOffsetS)
{
    /// <summary>STA_UNSYNC of linux/timex.h.</summary>
    public const int Unsynchronised = 0x40;

    public bool IsSynchronised => (Status & Unsynchronised) == 0 && State != 5;
}

/// <summary>Readings of the system's clocks at one instant, in nanoseconds, and their resolutions.</summary>
public sealed record ClockReadings(long RealtimeNs, long MonotonicNs, long BootTimeNs, long RealtimeResolutionNs, long MonotonicResolutionNs);

/// <summary>CPU time since boot in clock ticks of /proc/stat (USER_HZ).</summary>
/// <param name="StealTicks">Ticks in which the hypervisor ran something else.</param>
/// <param name="TotalTicks">All ticks: user, nice, system, idle, iowait, irq, softirq and steal.</param>
public sealed record StealTime(long StealTicks, long TotalTicks)
{
    /// <summary>Steal in percent of all CPU time since boot.</summary>
    public double Percent => TotalTicks == 0 ? 0 : 100.0 * StealTicks / TotalTicks;
}
