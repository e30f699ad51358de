namespace Guestclock.Measuring.Runs;

/// <summary>Offsets since the last step, in nanoseconds.</summary>
/// <param name="Samples">Samples since the last step, and <paramref name="Used"/> of them that count.</param>
/// <param name="SpanNs">From the first to the last one, by CLOCK_MONOTONIC_RAW.</param>
/// <param name="Current">The last sample.</param>
/// <param name="Best">
/// The sample with the smallest bound among the last ones (<see cref="LuckyFilter.Window"/>), slow ones too, aged to the last reading: what the clocks may have
/// drifted apart since is part of its bound (<c>ageing</c>). The verdict is on it.
/// </param>
public sealed record OffsetFigures(int Samples, int Used, long SpanNs, OffsetSample Current, OffsetSample Best)
{
    public required double MeanNs { get; init; }

    public required double MedianNs { get; init; }

    public required long MinNs { get; init; }

    public required long MaxNs { get; init; }

    /// <summary>Standard deviation of the samples (N − 1); null for one sample.</summary>
    public double? DeviationNs { get; init; }

    /// <summary>Root mean square of the differences of successive samples: the jitter ψ of RFC 5905 section 11.2, without its ageing. Null for one sample.</summary>
    public double? JitterNs { get; init; }

    /// <summary>The offsets that lie within the bounds of every sample; null where there are none: the offset has changed, or a bound is not honest.</summary>
    public AgreedInterval? Agreed { get; init; }

    /// <param name="all">Oldest first; not empty, and one of them counts.</param>
    /// <param name="endRawNs">CLOCK_MONOTONIC_RAW at the last reading, a lost one too; where it is not given, at the last of <paramref name="all"/>.</param>
    public static OffsetFigures Of(IReadOnlyList<MeasureEntry> all, long? endRawNs = null)
    {
        List<OffsetSample> samples = [.. all.Select(e => e.Sample!)];
        List<OffsetSample> used = [.. all.Where(e => e.IsUsed).Select(e => e.Sample!)];
        List<long> sorted = [.. used.Select(s => s.OffsetNs).Order()];
        // Differences to one of them are small, whatever the offset.
        var baseNs = sorted[0];
        var mean = sorted.Average(o => (double)((Int128)o - baseNs));
        return new(samples.Count, used.Count, samples[^1].AtRawNs - samples[0].AtRawNs, samples[^1], samples.TakeLast(LuckyFilter.Window).Select(s => Aged(s, endRawNs ?? samples[^1].AtRawNs)).MinBy(s => s.BoundNs)!)
        {
            MeanNs = baseNs + mean,
            MedianNs = baseNs + ((double)((Int128)sorted[(sorted.Count - 1) / 2] - baseNs + sorted[sorted.Count / 2] - baseNs) / 2),
            MinNs = sorted[0],
            MaxNs = sorted[^1],
            DeviationNs = used.Count < 2 ? null : Math.Sqrt(sorted.Sum(o => Square((double)((Int128)o - baseNs) - mean)) / (used.Count - 1)),
            JitterNs = used.Count < 2 ? null : Math.Sqrt(used.Zip(used.Skip(1), (a, b) => Square((double)((Int128)b.OffsetNs - a.OffsetNs))).Average()),
            Agreed = AgreedInterval.Of(samples),
        };
    }

    private static OffsetSample Aged(OffsetSample sample, long rawNs) => StepDetector.DriftNs(rawNs - sample.AtRawNs) is > 0 and var driftNs
        ? new(sample.AtUnixNs, sample.AtRawNs, sample.OffsetNs, sample.DelayNs, [.. sample.Parts, new("ageing", driftNs)]) { Remark = sample.Remark }
        : sample;

    private static double Square(double x) => x * x;
}
