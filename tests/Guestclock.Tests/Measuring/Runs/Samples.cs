using Guestclock.Measuring;
using Guestclock.Measuring.Runs;

namespace Guestclock.Tests.Measuring.Runs;

/// <summary>Samples of a made-up clock.</summary>
internal static class Samples
{
    public const long Second = 1_000_000_000;
    private const long StartUnixNs = 1_795_257_650 * Second;
    private const long StartRawNs = 5_000 * Second;

    public static OffsetSample At(double seconds, long offsetNs, long boundNs = 1_000, long delayNs = 2_000, long realtimeStepNs = 0) =>
        new(StartUnixNs + (long)(seconds * Second) + realtimeStepNs, StartRawNs + (long)(seconds * Second), offsetNs, delayNs, [new("reading", boundNs)]);

    public static MeasureEntry Entry(double seconds, long offsetNs, long boundNs = 1_000, bool isUsed = true, ClockStep? step = null)
    {
        var sample = At(seconds, offsetNs, boundNs);
        return new(sample.AtUnixNs, sample.AtRawNs, sample, null, isUsed, step);
    }

    public static MeasureEntry Lost(double seconds, string problem) =>
        new(StartUnixNs + (long)(seconds * Second), StartRawNs + (long)(seconds * Second), null, problem, false, null);

    /// <summary>Honest samples of a clock with a constant rate: the truth lies anywhere within the bound.</summary>
    public static List<OffsetSample> Honest(Random random, int count, double ratePpm, long mostBoundNs)
    {
        var samples = new List<OffsetSample>();
        for (var i = 0; i < count; i++)
        {
            var at = i + (random.NextDouble() / 2);
            var bound = random.NextInt64(0, mostBoundNs);
            samples.Add(At(at, (long)Math.Round(at * ratePpm * 1000) + random.NextInt64(-bound, bound + 1), bound + 2));
        }

        return samples;
    }
}
