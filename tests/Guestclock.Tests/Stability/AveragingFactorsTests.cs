using Guestclock.Stability;

namespace Guestclock.Tests.Stability;

public class AveragingFactorsTests
{
    [Fact]
    public void Octaves_decades_and_all_end_before_the_series()
    {
        Assert.Equal([1, 2, 4, 8], AveragingFactors.Octave(16));
        Assert.Equal([1, 2, 4, 8, 16], AveragingFactors.Octave(17));
        Assert.Equal([1, 2, 4, 10, 20, 40, 100], AveragingFactors.Decade(101));
        Assert.Equal([1, 2, 3, 4], AveragingFactors.All(5));
        Assert.Empty(AveragingFactors.Octave(1));
        Assert.Empty(AveragingFactors.Decade(0));
        Assert.Empty(AveragingFactors.All(-1));
    }

    [Fact]
    public void Given_times_become_the_nearest_factors() =>
        Assert.Equal([1, 2, 20], AveragingFactors.FromTaus([10, 0.9, 0.1, 0.5, 1.1, 100, -1, double.NaN, double.PositiveInfinity, 1e300], 0.5, 50));

    [Fact]
    public void Factors_may_come_in_any_order_and_more_than_once()
    {
        var points = StabilityAnalysis.Compute(new(NoiseSeries.White(50, 1), 1), [Statistic.Mtie, Statistic.Adev, Statistic.Mtie], [4, 1, 4, 1000, long.MaxValue]).Points;
        Assert.Equal([(Statistic.Mtie, 1.0), (Statistic.Mtie, 4), (Statistic.Adev, 1), (Statistic.Adev, 4)], points.Select(p => (p.Statistic, p.TauS)));
    }
}
