using Guestclock.Facts;

namespace Guestclock.Trials.Clocks.Evidence;

/// <summary>What was seen of the clocks of this machine in one run. A fact that could not be had says why; it hides no other.</summary>
public sealed record ClocksEvidence
{
    /// <summary>How long was measured, by CLOCK_MONOTONIC_RAW.</summary>
    public long SpanNs { get; init; }

    /// <summary>CPUs on which threads could be pinned.</summary>
    public IReadOnlyList<int> Cpus { get; init; } = [];

    public Fact<string> ClockSource { get; init; } = Fact<string>.None;

    /// <summary>The clocks of clock_gettime(2), and the CPU's own counter as the last one.</summary>
    public IReadOnlyList<ClockReading> Clocks { get; init; } = [];

    /// <summary>What a system call costs that does nothing, in ns: with it a read by the vDSO is told from one by the kernel.</summary>
    public Fact<double> EmptySystemCallNs { get; init; } = Fact<double>.None;

    /// <summary>CLOCK_MONOTONIC against CLOCK_MONOTONIC_RAW.</summary>
    public Fact<RateReading> MonotonicRate { get; init; } = Fact<RateReading>.None;

    public Fact<TscRate> TscRate { get; init; } = Fact<TscRate>.None;

    /// <summary>kvm-clock, through the page that the vDSO reads, against CLOCK_MONOTONIC_RAW.</summary>
    public Fact<RateReading> KvmClockRate { get; init; } = Fact<RateReading>.None;

    public Fact<TimerLateness> Timers { get; init; } = Fact<TimerLateness>.None;

    public Fact<StallReading> Stalls { get; init; } = Fact<StallReading>.None;

    public Fact<StealReading> Steal { get; init; } = Fact<StealReading>.None;

    public Fact<RtcRate> Rtc { get; init; } = Fact<RtcRate>.None;

    /// <summary>Ended before its time: what is there was measured over a shorter time.</summary>
    public bool IsInterrupted { get; init; }
}
