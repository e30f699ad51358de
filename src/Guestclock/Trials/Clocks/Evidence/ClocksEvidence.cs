using Guestclock.Facts;

namespace Guestclock.Trials.Clocks.Evidence;

/// <summary>What was seen of the clocks of this machine in one run.</summary>
public sealed record ClocksEvidence
{
    /// <summary>How long was measured, by CLOCK_MONOTONIC_RAW.</summary>
    public long SpanNs { get; init; }

    /// <summary>CPUs on which threads could be pinned.</summary>
    public IReadOnlyList<int> Cpus { get; init; } = [];

    public Fact<string> ClockSource { get; init; } = Fact<string>.None;

    public IReadOnlyList<ClockReading> Clocks { get; init; } = [];

    public Fact<IReadOnlyList<RateReading>> Rates { get; init; } = Fact<IReadOnlyList<RateReading>>.None;

    public Fact<TimerLateness> Timers { get; init; } = Fact<TimerLateness>.None;

    public Fact<StallReading> Stalls { get; init; } = Fact<StallReading>.None;

    public Fact<RtcRate> Rtc { get; init; } = Fact<RtcRate>.None;
}

/// <summary>One clock id.</summary>
/// <param name="Name">As clock_gettime(2) names it: <c>CLOCK_REALTIME</c>; <c>TSC</c> for the CPU's own counter.</param>
/// <param name="Reads">Readings on all CPUs together.</param>
/// <param name="WorstStepNs">The most that it went back on one CPU; 0 where it never did.</param>
/// <param name="WorstCrossStepNs">The most that a reading lay before one that another CPU had finished earlier.</param>
/// <param name="CostNs">Of one read, median, nothing else running; with all CPUs reading in <paramref name="LoadedCostNs"/>.</param>
/// <param name="IsSystemCall">True: the read enters the kernel; false: the vDSO answers.</param>
public sealed record ClockReading(string Name, long ResolutionNs, long Reads, long WorstStepNs, long WorstCrossStepNs, long CrossReads,
    double CostNs, double LoadedCostNs, bool? IsSystemCall)
{
    /// <summary>Why it could not be read; null where it was.</summary>
    public string? Why { get; init; }
}

/// <summary>The rate of one clock against another, from brackets at both ends.</summary>
/// <param name="Clock"><c>CLOCK_MONOTONIC</c>, <c>TSC</c>, <c>kvm-clock</c>; against <paramref name="Reference"/>.</param>
/// <param name="ErrorPpm">(clock − reference) / reference; positive: the clock is fast.</param>
/// <param name="ExpectedPpm">What the kernel's own steering makes of it (adjtimex), or null.</param>
public sealed record RateReading(string Clock, string Reference, double ErrorPpm, double BoundPpm, double? ExpectedPpm = null);

/// <summary>How late timers expire: nanoseconds after the asked time.</summary>
public sealed record TimerLateness(long Count, long P50Ns, long P99Ns, long MaxNs);

/// <summary>Gaps that a spinning reader saw on each CPU, and what the kernel counted as stolen meanwhile.</summary>
/// <param name="LongestNs">The longest gap between two readings.</param>
/// <param name="OverThreshold">How many gaps were longer than 1 ms.</param>
/// <param name="LostNs">All gaps over 10 µs together.</param>
/// <param name="StolenNs">Steal of /proc/stat over the same time on all CPUs; null where it is not counted.</param>
public sealed record StallReading(long SpanNs, long LongestNs, long OverThreshold, long LostNs, long? StolenNs);

/// <summary>The rate of the RTC by its update edges, against CLOCK_MONOTONIC_RAW.</summary>
public sealed record RtcRate(string Device, int Edges, double ErrorPpm, double BoundPpm);
