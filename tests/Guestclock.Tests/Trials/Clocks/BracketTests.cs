using Guestclock.Trials.Clocks;
using Guestclock.Trials.Clocks.Evidence;

namespace Guestclock.Tests.Trials.Clocks;

public class BracketTests
{
    [Fact]
    public void A_clock_that_is_fast_by_a_hundred_ppm_is_seen_so()
    {
        var rate = Bracket.Rate(new(1000, 500_000, 1040), new(1_000_001_000, 1_000_600_000, 1_000_001_040), 1, 1)!;
        Assert.Equal(100, rate.ErrorPpm, 3);
        Assert.Equal(0.04, rate.BoundPpm, 2);
        Assert.Equal(1_000_000_000, rate.SpanNs);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(1_000_000_000)]
    public void Brackets_that_are_wider_than_the_time_between_them_say_nothing(long widthNs) =>
        Assert.Null(Bracket.Ratio(new(0, 0, widthNs), new(widthNs / 2, 10, widthNs + (widthNs / 2)), 1));

    /// <summary>Clocks with random rates are read at random places of random brackets, truncated to their quanta: the truth is always within the bound.</summary>
    [Fact]
    public void The_true_rate_always_lies_within_the_bound()
    {
        var random = new Random(20261121);
        for (var i = 0; i < 20_000; i++)
        {
            var truth = 1 + ((random.NextDouble() - 0.5) / 500);
            long rawQuantum = random.Next(1, 300), clockQuantum = random.Next(1, 300);
            var start = random.NextInt64(0, 1L << 40);
            var first = Read(start);
            var last = Read(start + random.NextInt64(1_000_000, 10_000_000_000));
            var rate = Bracket.Rate(first, last, rawQuantum, clockQuantum)!;
            Assert.True(Math.Abs(rate.ErrorPpm - ((truth - 1) * 1e6)) <= rate.BoundPpm, $"{rate} {truth}");

            Bracket Read(long at)
            {
                var width = random.Next(1, 100_000);
                var clockAt = at + (width * random.NextDouble());
                return new(Down(at, rawQuantum), Down((long)(clockAt * truth), clockQuantum), Down(at + width, rawQuantum));
            }
        }

        static long Down(long value, long quantum) => value / quantum * quantum;
    }

    [Fact]
    public void Percentiles_are_those_of_the_nearest_rank()
    {
        Assert.Equal(new(50, 99, 100), LatenessDistribution.Of(Enumerable.Range(1, 100).Select(n => (long)n)));
        Assert.Equal(new(7, 7, 7), LatenessDistribution.Of([7]));
        Assert.Null(LatenessDistribution.Of([]));
    }
}
