namespace Guestclock.Measuring;

/// <summary>CLOCK_REALTIME between two readings of CLOCK_MONOTONIC_RAW: what one clock said when the other said what. All in nanoseconds.</summary>
public readonly record struct ClockTriple(long RawBeforeNs, long UnixNs, long RawAfterNs)
{
    /// <summary>CLOCK_MONOTONIC_RAW when CLOCK_REALTIME said <see cref="UnixNs"/>, within half of <see cref="WidthNs"/>.</summary>
    public long RawNs => RawBeforeNs + (WidthNs / 2);

    public long WidthNs => RawAfterNs - RawBeforeNs;

    /// <summary>CLOCK_MONOTONIC_RAW at a time of CLOCK_REALTIME near this one, before the clock was set or slewed.</summary>
    public long RawAt(long unixNs) => RawNs + (unixNs - UnixNs);

    /// <summary>CLOCK_REALTIME at a time of CLOCK_MONOTONIC_RAW near this one.</summary>
    public long UnixAt(long rawNs) => UnixNs + (rawNs - RawNs);
}
