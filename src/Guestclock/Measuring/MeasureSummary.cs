using Guestclock.Stability;

namespace Guestclock.Measuring;

/// <summary>
/// What a measurement came to. Figures of offset and rate are of the samples since the last step; spread, mean and fit of those that count, hard bounds of all of them.
/// All offsets in nanoseconds, clock − reference.
/// </summary>
/// <param name="Readings">Lost ones included.</param>
/// <param name="Forgotten">Readings of a long run that are no part of the figures any more.</param>
public sealed record MeasureSummary(long Readings, long Forgotten, int Lost, IReadOnlyList<ReasonCount> LostReasons)
{
    /// <summary>All samples, and those that count.</summary>
    public int Samples { get; init; }

    public int Used { get; init; }

    /// <summary>Steps that were seen, oldest first.</summary>
    public IReadOnlyList<ClockStep> Steps { get; init; } = [];

    /// <summary>Null where there was no sample.</summary>
    public OffsetFigures? Offset { get; init; }

    /// <summary>Null where there are too few samples.</summary>
    public RateFigures? Rate { get; init; }

    /// <summary>TDEV and MTIE in seconds at a few times, of all samples since the last step; empty where there are too few.</summary>
    public IReadOnlyList<StabilityPoint> Stability { get; init; } = [];
}

/// <summary>A problem, and how many readings were lost by it.</summary>
public sealed record ReasonCount(string Reason, int Count);
