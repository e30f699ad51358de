using Guestclock.Facts;
using Guestclock.Units;

namespace Guestclock.Checks.Phc;

/// <summary>
/// Whether a clock of ptp_vmclock shows TAI: it does on Linux 7.x, and UTC on 6.13 to 6.19; nothing but its distance from the system
/// clock tells.
/// </summary>
internal static class TimeScale
{
    /// <summary>TAI - UTC since 2017 (IERS Bulletin C 52), where the kernel was not told another.</summary>
    private const int TaiOffsetS = 37;

    private const long ToleranceNs = 500_000_000;

    /// <summary>About 126 years: more is told as that.</summary>
    private const long LongestNs = 4_000_000_000_000_000_000;

    /// <summary>The clock is ahead of the system clock by TAI - UTC, to half a second.</summary>
    public static bool LooksLikeTai(MachineFacts facts, PtpClock clock) =>
        HostClock.IsVmClock(clock) && clock.Reading.TryGet(out var reading)
            && Math.Abs(Bounded(reading.OffsetNs) - OffsetNs(facts)) < ToleranceNs;

    /// <summary>The system clock is ahead by TAI - UTC: a clock of UTC was taken for one of TAI, or the like.</summary>
    public static bool IsAheadByTai(MachineFacts facts, PtpClock clock) =>
        HostClock.IsVmClock(clock) && clock.Reading.TryGet(out var reading)
            && Math.Abs(Bounded(reading.OffsetNs) + OffsetNs(facts)) < ToleranceNs;

    /// <summary>PHC - system clock on one scale, and its bound; null where nothing was read.</summary>
    public static (Nanoseconds Offset, Nanoseconds Bound)? Offset(MachineFacts facts, PtpClock clock)
    {
        if (!clock.Reading.TryGet(out var reading))
            return null;
        return (new(LooksLikeTai(facts, clock) ? Bounded(reading.OffsetNs) - OffsetNs(facts) : Bounded(reading.OffsetNs)),
            new(Math.Clamp(reading.BoundNs, 0, LongestNs)));
    }

    private static long Bounded(long ns) => Math.Clamp(ns, -LongestNs, LongestNs);

    private static long OffsetNs(MachineFacts facts)
    {
        var told = facts.Clock.KernelTime.TryGet(out var time) ? time.TaiOffsetS : 0;
        return (told > 0 ? told : TaiOffsetS) * 1_000_000_000L;
    }
}
