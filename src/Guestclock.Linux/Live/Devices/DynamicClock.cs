using Guestclock.Formats;
using Guestclock.Linux.Native;
using Guestclock.Protocols.Ptp;

namespace Guestclock.Linux.Live.Devices;

/// <summary>
/// A PTP clock by clock_gettime(2) of its descriptor's clock id, ((~fd) &lt;&lt; 3) | 3 (clock_getres(2), "dynamic clocks"), between two
/// readings of the system clock: the way that every driver has, and the widest.
/// </summary>
internal static class DynamicClock
{
    /// <summary>Null with the error number where the clock cannot be read.</summary>
    public static IReadOnlyList<PtpSample>? Measure(int descriptor, int count, out int errno)
    {
        var samples = new PtpSample[count];
        for (var i = 0; i < count; i++)
        {
            var before = Clocks.RealtimeNs();
            if ((errno = Read((~descriptor << 3) | 3, out var seconds, out var nanoseconds)) != 0)
                return null;
            var after = Clocks.RealtimeNs();
            if (seconds is < -PtpClockTime.MaxSeconds or > PtpClockTime.MaxSeconds)
                throw new MalformedInputException("clock_gettime", $"seconds within ±{PtpClockTime.MaxSeconds}", $"{seconds}");
            samples[i] = new(before, (seconds * 1_000_000_000) + nanoseconds, after);
        }

        errno = 0;
        return samples;
    }

    private static unsafe int Read(int clock, out long seconds, out long nanoseconds)
    {
        var time = stackalloc long[2];
        var errno = LibC.ClockGetTime(clock, time) == 0 ? 0 : Errno.Last;
        (seconds, nanoseconds) = (time[0], time[1]);
        return errno;
    }
}
