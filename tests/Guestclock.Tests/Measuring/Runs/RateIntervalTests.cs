using Guestclock.Measuring;
using Guestclock.Measuring.Runs;

namespace Guestclock.Tests.Measuring.Runs;

public class RateIntervalTests
{
    [Fact]
    public void Two_samples_allow_what_their_bounds_allow()
    {
        // From +1 µs ± 1 µs to +11 µs ± 1 µs in 10 s: 8 to 12 µs in 10 s.
        var rate = RateInterval.Of([Samples.At(0, 1000, 1000), Samples.At(10, 11_000, 1000)])!.Value;
        Assert.Equal(0.8, rate.LowPpm, 9);
        Assert.Equal(1.2, rate.HighPpm, 9);
    }

    [Fact]
    public void It_is_what_all_pairs_allow_and_holds_the_true_rate()
    {
        var random = new Random(5);
        for (var run = 0; run < 300; run++)
        {
            var ppm = (random.NextDouble() * 200) - 100;
            var samples = Samples.Honest(random, random.Next(2, 60), ppm, 1L << random.Next(1, 30));
            var rate = RateInterval.Of(samples)!.Value;
            Assert.InRange(ppm, rate.LowPpm, rate.HighPpm);
            var (low, high) = OfAllPairs(samples);
            Assert.Equal(low, rate.LowPpm, 1e-6 * Math.Max(1, Math.Abs(low)));
            Assert.Equal(high, rate.HighPpm, 1e-6 * Math.Max(1, Math.Abs(high)));
        }
    }

    [Fact]
    public void A_clock_whose_rate_has_changed_keeps_to_no_constant_one() =>
        Assert.Null(RateInterval.Of([.. Enumerable.Range(0, 40).Select(i => Samples.At(i, i < 20 ? 0 : (i - 20) * 50_000L))]));

    [Fact]
    public void A_step_keeps_to_none_either() =>
        Assert.Null(RateInterval.Of([Samples.At(0, 0), Samples.At(1, 0), Samples.At(2, 1_000_000_000), Samples.At(3, 1_000_000_000)]));

    [Fact]
    public void One_sample_or_no_time_says_nothing()
    {
        Assert.Null(RateInterval.Of([Samples.At(0, 0)]));
        Assert.Null(RateInterval.Of([Samples.At(1, 0), Samples.At(1, 5)]));
    }

    [Fact]
    public void Samples_at_one_instant_among_others_do_no_harm() =>
        Assert.NotNull(RateInterval.Of([Samples.At(0, 0), Samples.At(1, 500), Samples.At(1, 600), Samples.At(2, 900)]));

    [Fact]
    public void A_large_offset_costs_no_digits()
    {
        var rate = RateInterval.Of([Samples.At(0, 4_000_000_000_000_000_001, 1), Samples.At(1000, 4_000_000_000_000_001_001, 1)])!.Value;
        Assert.Equal(0.998e-3, rate.LowPpm, 9);
        Assert.Equal(1.002e-3, rate.HighPpm, 9);
    }

    private static (double Low, double High) OfAllPairs(List<OffsetSample> samples)
    {
        var (low, high) = (double.NegativeInfinity, double.PositiveInfinity);
        for (var i = 0; i < samples.Count; i++)
        {
            for (var j = i + 1; j < samples.Count; j++)
            {
                double seconds = samples[j].AtRawNs - samples[i].AtRawNs;
                double change = samples[j].OffsetNs - samples[i].OffsetNs;
                double bounds = samples[j].BoundNs + samples[i].BoundNs;
                (low, high) = (Math.Max(low, (change - bounds) / seconds * 1e6), Math.Min(high, (change + bounds) / seconds * 1e6));
            }
        }

        return (low, high);
    }
}
