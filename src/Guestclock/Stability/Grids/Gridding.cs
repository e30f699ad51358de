using Guestclock.Formats;
using Guestclock.Formats.ClockLogs;

namespace Guestclock.Stability.Grids;

/// <summary>Lays the samples of a log on an even grid. Nothing is interpolated: a point without a sample stays empty.</summary>
public static class Gridding
{
    /// <summary>What every statistic of frequency needs.</summary>
    public const int FewestSamples = 3;

    /// <exception cref="MalformedInputException">There are too few samples.</exception>
    public static Grid Of(ClockLogSeries series, GridOptions options)
    {
        var samples = series.Values.LongCount(v => !double.IsNaN(v));
        if (samples < FewestSamples)
            throw new MalformedInputException(samples == 1 ? "there is one sample only; statistics need at least 3" : $"there are {samples} samples only; statistics need at least {FewestSamples}");
        var remarks = new GridRemarks();
        var placed = series.HasTimes ? Placement.ByTimes(series, options.Tau0S, remarks) : Placement.InOrder(series, options.Tau0S, remarks);
        List<PhaseStep> steps = [];
        var parts = series.Kind == SampleKind.Phase ? placed.BetweenSteps(options.KeepSteps, steps) : placed.Parts;
        remarks.Steps(steps, options.KeepSteps);
        var part = parts.MaxBy(p => placed.CountKnown(p));
        var used = placed.CountKnown(part);
        if (parts.Count > 1)
            remarks.Part(used, samples - placed.LeftOut, parts.Count);
        if (used < FewestSamples)
            throw new MalformedInputException($"no part of the series without a break has {FewestSamples} samples: {remarks.All[0]}");
        var values = placed.ValuesOf(part).ToArray();
        var outliers = series.Kind == SampleKind.Phase ? Outliers.OfPhase(new(values, placed.Tau0S)).Removed : Outliers.OfFrequency(values).Removed;
        remarks.Outliers(outliers.Count, options.RemoveOutliers);
        foreach (var outlier in options.RemoveOutliers ? outliers : [])
            values[outlier.Index] = double.NaN;
        var phase = series.Kind == SampleKind.Phase ? new(values, placed.Tau0S) : PhaseSeries.FromFrequency(values, placed.Tau0S);
        var (missing, gaps, longest) = GapsOf(values);
        var longestS = gaps == 0 ? 0 : (longest + 1) * placed.Tau0S;
        remarks.Gaps(gaps, longestS);
        return new(phase, double.IsNaN(part.StartS) ? null : part.StartS, samples, used, missing, gaps, longestS, placed.LeftOut, outliers.Count, steps, remarks.All)
        {
            AtS = series.Kind == SampleKind.Phase ? placed.TimesOf(part) : null,
        };
    }

    private static (long Missing, long Gaps, long Longest) GapsOf(ReadOnlySpan<double> values)
    {
        var (missing, gaps, longest, run) = (0L, 0L, 0L, 0L);
        foreach (var x in values)
        {
            run = double.IsNaN(x) ? run + 1 : 0;
            missing += run > 0 ? 1 : 0;
            gaps += run == 1 ? 1 : 0;
            longest = Math.Max(longest, run);
        }

        return (missing, gaps, longest);
    }
}
