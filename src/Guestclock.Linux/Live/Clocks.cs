using Guestclock.Facts;
using Guestclock.Linux.Native;
using Guestclock.Machines;

namespace Guestclock.Linux.Live;

/// <summary><see cref="Questions.Clocks"/> by clock_gettime(2) and clock_getres(2).</summary>
public sealed class Clocks : IAnswerer
{
    // Clock ids of linux/time.h.
    private const int Realtime = 0;
    private const int Monotonic = 1;
    private const int MonotonicRaw = 4;
    private const int BootTime = 7;

    public bool Answers(string name) => name == Questions.Clocks;

    public Fact<byte[]> Answer(Question question) => new AnswerText()
        .Add("realtimeNs", Now(Realtime))
        .Add("monotonicNs", Now(Monotonic))
        .Add("boottimeNs", Now(BootTime))
        .Add("realtimeResolutionNs", Resolution(Realtime))
        .Add("monotonicResolutionNs", Resolution(Monotonic))
        .ToFact(question.Name);

    /// <summary>CLOCK_REALTIME in nanoseconds since 1970, 0 where it cannot be read.</summary>
    internal static long RealtimeNs() => Now(Realtime);

    /// <summary>CLOCK_MONOTONIC in nanoseconds.</summary>
    internal static long MonotonicNs() => Now(Monotonic);

    /// <summary>CLOCK_MONOTONIC_RAW in nanoseconds: no daemon slews it.</summary>
    internal static long MonotonicRawNs() => Now(MonotonicRaw);

    /// <summary>CLOCK_BOOTTIME in nanoseconds.</summary>
    internal static long BootTimeNs() => Now(BootTime);

    private static unsafe long Now(int clock)
    {
        var time = stackalloc long[2];
        return LibC.ClockGetTime(clock, time) == 0 ? (time[0] * 1_000_000_000) + time[1] : 0;
    }

    private static unsafe long Resolution(int clock)
    {
        var time = stackalloc long[2];
        return LibC.ClockGetResolution(clock, time) == 0 ? (time[0] * 1_000_000_000) + time[1] : 0;
    }
}
