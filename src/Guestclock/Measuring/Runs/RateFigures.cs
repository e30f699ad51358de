using Guestclock.Stability;

namespace Guestclock.Measuring.Runs;

/// <summary>How fast the clock gains on its reference, in ppm: positive means that it is fast.</summary>
/// <param name="MeanPpm">From the first to the last sample, whatever the rate did between: ± <paramref name="MeanBoundPpm"/> by the bounds of these two.</param>
public sealed record RateFigures(double MeanPpm, double MeanBoundPpm)
{
    public const double Confidence = 0.95;

    /// <summary>The least-squares fit through the samples that count; null for fewer than two.</summary>
    public double? FitPpm { get; init; }

    /// <summary>Half of the fit's confidence interval (<see cref="Confidence"/>); null where there are too few samples. It knows scatter only, no error that all samples share.</summary>
    public double? FitBoundPpm { get; init; }

    /// <summary>By the bounds of all samples, if the rate was constant; null where no constant rate keeps to all of them.</summary>
    public RateInterval? Hard { get; init; }

    /// <summary>Null where the samples span no time.</summary>
    public static RateFigures? Of(IReadOnlyList<MeasureEntry> all)
    {
        List<OffsetSample> samples = [.. all.Select(e => e.Sample!)];
        var (first, last) = (samples[0], samples[^1]);
        var spanNs = (double)(last.AtRawNs - first.AtRawNs);
        if (spanNs <= 0)
            return null;
        List<OffsetSample> used = [.. all.Where(e => e.IsUsed).Select(e => e.Sample!)];
        var fit = FrequencyFit.LeastSquares(
            [.. used.Select(s => (s.AtRawNs - first.AtRawNs) / 1e9)], [.. used.Select(s => (double)((Int128)s.OffsetNs - first.OffsetNs) / 1e9)], Confidence);
        return new((double)((Int128)last.OffsetNs - first.OffsetNs) / spanNs * 1e6, ((double)last.BoundNs + first.BoundNs) / spanNs * 1e6)
        {
            FitPpm = fit?.Frequency * 1e6,
            FitBoundPpm = fit?.Bound * 1e6,
            Hard = RateInterval.Of(samples),
        };
    }
}
