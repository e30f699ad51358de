using Guestclock.Testing;
using Guestclock.Trials.Clocks.Evidence;

namespace Guestclock.Tests.Trials.Clocks;

/// <summary>A guest with two CPUs and nothing wrong; tests change one thing of it.</summary>
internal static class SoundClocks
{
    public static ClocksEvidence Evidence { get; } = new()
    {
        SpanNs = 10_000_000_000,
        Cpus = [0, 1],
        ClockSource = Some.Known("kvm-clock"),
        EmptySystemCallNs = Some.Known(100.0),
        Clocks =
        [
            Clock("CLOCK_REALTIME", ClockKind.Wall), Clock("CLOCK_MONOTONIC", ClockKind.Steady),
            Clock("CLOCK_MONOTONIC_COARSE", ClockKind.Steady) with { IsCoarse = true, ResolutionNs = 4_000_000, Steps = Steps with { SmallestStepNs = 4_000_000, LeastCrossGapNs = 0 } },
            new("CLOCK_BOOTTIME_ALARM", ClockKind.Steady) { Why = "this kernel does not keep it here" },
            Clock("CLOCK_THREAD_CPUTIME_ID", ClockKind.CpuTime) with { Steps = Steps with { CrossReads = 0, LeastCrossGapNs = null } },
            Clock("TSC", ClockKind.Counter) with { ResolutionNs = null, Cost = new(20) },
        ],
        MonotonicRate = Some.Known(new RateReading(10_000_000_000, -12.5, 0.01) { LeastExpectedPpm = -12.5, MostExpectedPpm = -12.4 }),
        TscRate = Some.Known(new TscRate(10_000_000_000, 2_596_120.4, 0.02, 2_596_120)),
        KvmClockRate = Some.Known(new RateReading(10_000_000_000, -0.3, 0.01)),
        Timers = Some.Known(new TimerLateness(4000, new(60_000, 200_000, 3_000_000), new(55_000, 120_000, 900_000))),
        Stalls = Some.Known(new StallReading(3_000_000_000, 2, 4_000_000, 80_000, 500, 0, 12_000_000, 9_000_000)),
        Steal = Some.Known(new StealReading(0, 0.2)),
        Rtc = Some.Known(new RtcRate("RTC rtc0", 2, 8_000_000_000, 3, 8)),
    };

    public static StepReading Steps => new(1_000_000, 0, 0, 20) { CrossReads = 400_000, LeastCrossGapNs = 25 };

    public static ClockReading Clock(string name, ClockKind kind) =>
        new(name, kind) { ResolutionNs = 1, Steps = Steps, Cost = new(22) { SystemCallNs = 230, LoadedNs = 23 } };

    /// <summary>With one clock changed.</summary>
    public static ClocksEvidence With(string name, Func<ClockReading, ClockReading> change) =>
        Evidence with { Clocks = [.. Evidence.Clocks.Select(c => c.Name == name ? change(c) : c)] };

    public static ClocksEvidence WithAll(Func<ClockReading, ClockReading> change) => Evidence with { Clocks = [.. Evidence.Clocks.Select(change)] };
}
