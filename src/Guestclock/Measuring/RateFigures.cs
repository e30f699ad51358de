namespace Guestclock.Measuring;

/// <summary>How fast the clock gains on its reference, in ppm: positive means that it is fast.</summary>
/// <param name="Hard">By the bounds of all samples, if the rate was constant; null where no constant rate keeps to all of them.</param>
/// <param name="MeanPpm">From the first to the last sample, whatever the rate did between: ± <paramref name="MeanBoundPpm"/> by the bounds of these two.</param>
public sealed record RateFigures(double MeanPpm, double MeanBoundPpm, RateInterval? Hard)
{
    /// <summary>Null where the samples span no time.</summary>
    public static RateFigures? Of(IReadOnlyList<MeasureEntry> all)
    {
        List<OffsetSample> samples = [.. all.Select(e => e.Sample!)];
        var (first, last) = (samples[0], samples[^1]);
        var spanNs = (double)(last.AtRawNs - first.AtRawNs);
        return spanNs <= 0 ? null : new(
            (double)((Int128)last.OffsetNs - first.OffsetNs) / spanNs * 1e6,
            ((double)last.BoundNs + first.BoundNs) / spanNs * 1e6,
            RateInterval.Of(samples));
    }
}
