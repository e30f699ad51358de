using Guestclock.Trials.Clocks.Evidence;

namespace Guestclock.Linux.ClockTests;

/// <summary>A clock of clock_gettime(2), by its number in linux/time.h.</summary>
internal sealed record ClockId(int Number, string Name, ClockKind Kind, bool IsCoarse = false)
{
    public const int Monotonic = 1;
    public const int MonotonicRaw = 4;

    public static IReadOnlyList<ClockId> All { get; } =
    [
        new(0, "CLOCK_REALTIME", ClockKind.Wall),
        new(Monotonic, "CLOCK_MONOTONIC", ClockKind.Steady),
        new(MonotonicRaw, "CLOCK_MONOTONIC_RAW", ClockKind.Steady),
        new(7, "CLOCK_BOOTTIME", ClockKind.Steady),
        new(11, "CLOCK_TAI", ClockKind.Wall),
        new(5, "CLOCK_REALTIME_COARSE", ClockKind.Wall, IsCoarse: true),
        new(6, "CLOCK_MONOTONIC_COARSE", ClockKind.Steady, IsCoarse: true),
        new(8, "CLOCK_REALTIME_ALARM", ClockKind.Wall),
        new(9, "CLOCK_BOOTTIME_ALARM", ClockKind.Steady),
        new(2, "CLOCK_PROCESS_CPUTIME_ID", ClockKind.CpuTime),
        new(3, "CLOCK_THREAD_CPUTIME_ID", ClockKind.CpuTime),
    ];
}
