using Guestclock.Lab.Results;

namespace Guestclock.Lab.Tests.Results;

public class SampleStatisticsTests
{
    /// <summary>Times in seconds until the error stays below 1 ms; empty for never.</summary>
    [Theory]
    [InlineData("", "", "nothing was seen")]
    [InlineData("0.1:-20000 0.2:-20000", "", "never right")]
    [InlineData("0.1:-20000 0.2:0.5 0.3:-0.5", "0.2", "right from then on")]
    [InlineData("0.1:0.5", "0.1", "never wrong")]
    [InlineData("0.1:-20000 0.2:0.5 0.3:3 0.4:0.2", "0.4", "a relapse counts")]
    [InlineData("0.1:-20000 0.2:0.5 0.3:3", "", "a relapse at the end is never")]
    [InlineData("0.1:0.95 0.2:0.5", "0.2", "below, but not surely: it counts from when it is sure")]
    [InlineData("0.1:0.5 0.2:0.95 0.3:0.5", "0.1", "not surely below is no relapse while it is not at or above")]
    [InlineData("0.1:0.5 0.2:1.0", "", "the limit itself is not below it")]
    [InlineData("0.1:0.5 0.2:-1.0", "", "nor behind")]
    [InlineData("0.1:0.5 0.2:3±5 0.3:0.5", "0.1", "a bound larger than the limit leaves it open")]
    [InlineData("0.1:0.5 0.2:9±5 0.3:0.5", "0.3", "unless it is above the limit all the same")]
    [InlineData("0.1:0.5 0.2:0.5 0.3:1.1±0.3 0.4:0.5", "0.1", "a reading that is worse than usual leaves it open, too")]
    [InlineData("0.1:0.5 0.2:0.5 0.3:1.1±0.2 0.4:0.5", "0.4", "a usual one does not")]
    [InlineData("0.1:0±1 0.2:0±2", "", "never surely below")]
    [InlineData("-0.5:0.1 0.1:0.5", "0.1", "before the break it was right, too")]
    [InlineData("-0.5:20000 0.1:0.5", "0.1", "and wrong before it is no relapse")]
    public void It_stays_below_a_limit_from_the_first_sample_after_which_none_is_above(string samples, string seconds, string why)
    {
        var expected = seconds.Length == 0 ? (long?)null : (long)(decimal.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture) * 1_000_000_000);

        Assert.True(expected == SampleStatistics.StaysBelow(SamplesOf.Text(samples), 1_000_000), why);
    }

    [Theory]
    [InlineData("0.1:-3 0.2:5 0.3:-20", -20)]
    [InlineData("0.1:-3 0.2:400±500 0.3:2", -3)]
    [InlineData("-1:99 0.1:-3", -3)]
    public void The_worst_sample_is_the_one_that_is_surely_farthest_from_right(string samples, int ms) =>
        Assert.Equal(ms * 1_000_000L, SampleStatistics.Worst(SamplesOf.Text(samples))!.Value.OffsetNs);

    [Fact]
    public void The_residual_is_the_median_of_the_last_samples()
    {
        var samples = SamplesOf.Text("0.1:-20000 0.2:7±1 0.3:7±3 0.4:-1±2 0.5:-1±2 0.6:-1±2 0.7:-1±2 0.8:-1±2 0.9:90±2 1.0:4±2");

        var residual = SampleStatistics.Residual(samples)!.Value;

        Assert.Equal((-1_000_000, 2_000_000), (residual.OffsetNs, residual.BoundNs));
    }

    [Fact]
    public void The_referee_tells_its_usual_and_its_worst_bound() =>
        Assert.Equal(new RefereeBound(300_000, 5_000_000), SampleStatistics.Bound(SamplesOf.Text("-1:0±9 0.1:0±0.3 0.2:0±5 0.3:0±0.2")));

    [Fact]
    public void Without_samples_there_is_nothing_to_tell()
    {
        var before = SamplesOf.Text("-1:5");

        Assert.Null(SampleStatistics.Worst(before));
        Assert.Null(SampleStatistics.Residual(before));
        Assert.Null(SampleStatistics.Bound(before));
        Assert.Null(SampleStatistics.Nearest(before, 0));
    }
}
