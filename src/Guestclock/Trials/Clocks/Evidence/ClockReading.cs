using System.Text.Json.Serialization;
using Guestclock.Json;

namespace Guestclock.Trials.Clocks.Evidence;

/// <summary>What a clock counts; it decides what may be asked of it.</summary>
[JsonConverter(typeof(KebabEnumConverter<ClockKind>))]
public enum ClockKind
{
    /// <summary>Time that nobody may set: it must never go back, on any CPU.</summary>
    Steady,

    /// <summary>Time of day: goes back only where somebody sets it.</summary>
    Wall,

    /// <summary>CPU time of a process or thread: no clock to compare CPUs by.</summary>
    CpuTime,

    /// <summary>The CPU's own counter.</summary>
    Counter,
}

/// <summary>One clock.</summary>
/// <param name="Name">As clock_gettime(2) names it: <c>CLOCK_REALTIME</c>; <c>TSC</c> for the CPU's own counter.</param>
public sealed record ClockReading(string Name, ClockKind Kind)
{
    /// <summary>Why it could not be read; null where it was.</summary>
    public string? Why { get; init; }

    /// <summary>It moves with the kernel's tick only.</summary>
    public bool IsCoarse { get; init; }

    /// <summary>What clock_getres(2) says.</summary>
    public long? ResolutionNs { get; init; }

    public StepReading? Steps { get; init; }

    public CostReading? Cost { get; init; }
}

/// <summary>One clock read over and over on all CPUs at the same time; each reader looks at what the others have read before it reads itself.</summary>
/// <param name="Reads">Readings on all CPUs together.</param>
/// <param name="BackSteps">How many readings lay before the one before them on the same CPU.</param>
/// <param name="WorstBackNs">The most by which they did; 0 where none did.</param>
/// <param name="SmallestStepNs">The smallest step forward that was seen; 0 where the clock never moved.</param>
public sealed record StepReading(long Reads, long BackSteps, long WorstBackNs, long SmallestStepNs)
{
    /// <summary>Readings that followed a new one of another CPU, known to have ended before they began.</summary>
    public long CrossReads { get; init; }

    /// <summary>How many of them lay before that one.</summary>
    public long CrossBackSteps { get; init; }

    /// <summary>The most by which they did; 0 where none did.</summary>
    public long WorstCrossBackNs { get; init; }

    /// <summary>The least by which a reading lay after another CPU's: clocks that differ by less may have gone unseen. Null where there was none.</summary>
    public long? LeastCrossGapNs { get; init; }

    /// <summary>Somebody set the clock meanwhile, so steps back say nothing.</summary>
    public bool WasSet { get; init; }
}

/// <summary>What one read costs: medians of batches, so that what else runs counts little. The call through a pointer (1 to 2 ns) is part of it.</summary>
/// <param name="Ns">As programs read it, through the C library.</param>
public sealed record CostReading(double Ns)
{
    /// <summary>The same by a system call; null where there is none for it.</summary>
    public double? SystemCallNs { get; init; }

    /// <summary>While all CPUs read it.</summary>
    public double? LoadedNs { get; init; }

    /// <summary>
    /// Whether the read enters the kernel: it does where the system call itself is not dearer by at least half of what entering the
    /// kernel costs. Null where that is not known.
    /// </summary>
    public bool? IsSystemCall(double emptySystemCallNs) =>
        SystemCallNs is { } call && emptySystemCallNs > 0 ? call - Ns < emptySystemCallNs / 2 : null;
}
