using Guestclock.Stability;

namespace Guestclock.Tests.Stability.Confidence;

public class NoiseIdentificationTests
{
    [Theory]
    [InlineData(NoiseType.WhitePm)]
    [InlineData(NoiseType.FlickerPm)]
    [InlineData(NoiseType.WhiteFm)]
    [InlineData(NoiseType.FlickerFm)]
    [InlineData(NoiseType.RandomWalkFm)]
    public void Simulated_noise_is_recognized(NoiseType noise)
    {
        var x = NoiseSeries.Of((int)noise, 4000, 11);
        foreach (var point in StabilityAnalysis.Compute(new(x, 1), [Statistic.Oadev], [1, 2, 8]).Points)
            Assert.Equal(noise, point.Noise);
        // A frequency offset and a drift do not hide it.
        var moved = x.Select((v, i) => v + (0.3 * i) + (1e-6 * i * i)).ToArray();
        Assert.Equal(noise, PublishedSeries.One(new(moved, 1), Statistic.Oadev, 1).Noise);
        // Nor do gaps.
        Assert.Equal(noise, PublishedSeries.One(new(NoiseSeries.WithGaps(x, 0.02, 1), 1), Statistic.Oadev, 1).Noise);
    }

    [Theory]
    [InlineData(NoiseType.FlickerWalkFm)]
    [InlineData(NoiseType.RandomRunFm)]
    public void Steeper_noise_is_recognized_for_the_Hadamard_family_only(NoiseType noise)
    {
        var series = new PhaseSeries(NoiseSeries.Of((int)noise, 4000, 12), 1);
        Assert.Equal(noise, PublishedSeries.One(series, Statistic.Ohdev, 1).Noise);
        Assert.Equal(NoiseType.RandomWalkFm, PublishedSeries.One(series, Statistic.Oadev, 1).Noise);
    }

    /// <summary>With a dozen averages a single answer may be wrong; most are not, and hardly any by more than one kind.</summary>
    [Theory]
    [InlineData(NoiseType.WhitePm)]
    [InlineData(NoiseType.WhiteFm)]
    [InlineData(NoiseType.RandomWalkFm)]
    public void Few_points_are_judged_by_ratios_of_variances(NoiseType noise)
    {
        var found = Enumerable.Range(0, 200).Select(seed => PublishedSeries.One(new(NoiseSeries.Of((int)noise, 400, seed), 1), Statistic.Oadev, 20).Noise).ToList();
        Assert.True(found.Count(n => n == noise) > 100, string.Join(' ', found.GroupBy(n => n).Select(g => $"{g.Key}: {g.Count()}")));
        Assert.True(found.Count(n => Math.Abs((int)n - (int)noise) <= 1) > 140, string.Join(' ', found.GroupBy(n => n).Select(g => $"{g.Key}: {g.Count()}")));
    }

    [Fact]
    public void At_the_longest_averaging_times_the_noise_goes_on_as_it_was()
    {
        var walk = PublishedSeries.One(new(NoiseSeries.Of(-2, 1000, 3), 1), Statistic.Oadev, 300);
        Assert.Equal(NoiseType.RandomWalkFm, walk.Noise);
        Assert.True(walk.Low < walk.Value && walk.Value < walk.High);
    }

    [Fact]
    public void Too_few_points_are_not_judged_and_have_no_interval()
    {
        var point = PublishedSeries.One(new(NoiseSeries.White(29, 1), 1), Statistic.Oadev, 5);
        Assert.Equal(NoiseType.Unknown, point.Noise);
        Assert.Null(point.Low);
        Assert.Null(point.High);
    }
}
