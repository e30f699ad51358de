using Guestclock.Stability;

namespace Guestclock.Measuring.Runs;

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

    public static MeasureSummary Of(MeasureSession session)
    {
        var entries = session.Entries;
        List<ReasonCount> reasons = [.. entries.Where(e => e.Sample is null).GroupBy(e => e.Problem ?? "", StringComparer.Ordinal)
            .Select(g => new ReasonCount(g.Key, g.Count())).OrderByDescending(r => r.Count)];
        var summary = new MeasureSummary(session.Readings, session.Readings - entries.Count, reasons.Sum(r => r.Count), reasons)
        {
            Samples = entries.Count(e => e.Sample is not null),
            Used = entries.Count(e => e.IsUsed),
            Steps = [.. entries.Where(e => e.Step is not null).Select(e => e.Step!)],
        };
        List<MeasureEntry> since = [.. SinceLastStep(entries)];
        return since.Any(e => e.IsUsed) ? summary with
        {
            Offset = OffsetFigures.Of(since, entries[^1].AtRawNs),
            Rate = RateFigures.Of(since),
            Stability = SampleGrid.Stability(since, session.Plan.IntervalNs),
        }
        : summary;
    }

    private static IEnumerable<MeasureEntry> SinceLastStep(IReadOnlyList<MeasureEntry> entries)
    {
        var from = entries.Count - 1;
        while (from > 0 && entries[from].Step is null)
            from--;
        return entries.Skip(from).Where(e => e.Sample is not null);
    }
}

/// <summary>A problem, and how many readings were lost by it.</summary>
public sealed record ReasonCount(string Reason, int Count);
