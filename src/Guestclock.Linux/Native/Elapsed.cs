using System.Diagnostics;

namespace Guestclock.Linux.Native;

/// <summary>Time spent, by the monotonic clock.</summary>
internal static class Elapsed
{
    /// <summary>Nanoseconds since <paramref name="start"/>, a value of <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public static long NsSince(long start) => Stopwatch.GetElapsedTime(start).Ticks * TimeSpan.NanosecondsPerTick;
}
