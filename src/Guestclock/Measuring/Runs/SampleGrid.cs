using Guestclock.Stability;

namespace Guestclock.Measuring.Runs;

/// <summary>
/// Samples as phase on an even grid of CLOCK_MONOTONIC_RAW, and TDEV and MTIE of it at a few times. All samples are on it, the slow ones too: without them it would
/// be full of gaps, and what the network does is a part of what is asked.
/// </summary>
public static class SampleGrid
{
    private static readonly Statistic[] Statistics = [Statistic.Tdev, Statistic.Mtie];

    /// <summary>Averaging times that are shown of one statistic.</summary>
    private const int MostTimes = 6;

    /// <summary>A grid of more points than that is left alone: readings were far apart, and few.</summary>
    private const int MostPoints = 4 * MeasureSession.MostEntries;

    /// <param name="entries">Oldest first, each with a sample.</param>
    public static IReadOnlyList<StabilityPoint> Stability(IReadOnlyList<MeasureEntry> entries, long intervalNs)
    {
        if (Series(entries, intervalNs) is not { } series)
            return [];
        List<long> factors = [];
        for (long m = 1; m < series.Count && factors.Count < MostTimes; m *= 4)
            factors.Add(m);
        return StabilityAnalysis.Compute(series, Statistics, factors, workers: 1).Points;
    }

    /// <summary>Null where there are too few samples, or they are too far apart.</summary>
    public static PhaseSeries? Series(IReadOnlyList<MeasureEntry> entries, long intervalNs)
    {
        var (first, last) = (entries[0].Sample!, entries[^1].Sample!);
        var points = ((last.AtRawNs - first.AtRawNs + (intervalNs / 2)) / intervalNs) + 1;
        if (entries.Count < 3 || points is < 3 or > MostPoints)
            return null;
        var phase = new double[points];
        Array.Fill(phase, double.NaN);
        foreach (var entry in entries)
        {
            var slot = (entry.AtRawNs - first.AtRawNs + (intervalNs / 2)) / intervalNs;
            if (slot >= 0 && slot < points)
                phase[slot] = (double)((Int128)entry.Sample!.OffsetNs - first.OffsetNs) / 1e9;
        }

        return new(phase, intervalNs / 1e9);
    }
}
