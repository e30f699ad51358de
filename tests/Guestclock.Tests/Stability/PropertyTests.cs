using Guestclock.Stability;

namespace Guestclock.Tests.Stability;

public class PropertyTests
{
    private static readonly Statistic[] AllStatistics = Enum.GetValues<Statistic>();

    [Fact]
    public void Without_averaging_the_overlapping_statistics_are_the_plain_ones()
    {
        var series = new PhaseSeries(NoiseSeries.Of(0, 777, 1), 2);
        Assert.Equal(PublishedSeries.One(series, Statistic.Adev, 1).Value, PublishedSeries.One(series, Statistic.Oadev, 1).Value);
        Assert.Equal(PublishedSeries.One(series, Statistic.Hdev, 1).Value, PublishedSeries.One(series, Statistic.Ohdev, 1).Value);
        PublishedSeries.Near(PublishedSeries.One(series, Statistic.Oadev, 1).Value, PublishedSeries.One(series, Statistic.Mdev, 1).Value, 1e-12);
    }

    [Theory]
    [InlineData(Statistic.Adev, false)]
    [InlineData(Statistic.Oadev, false)]
    [InlineData(Statistic.Mdev, false)]
    [InlineData(Statistic.Tdev, false)]
    [InlineData(Statistic.Totdev, false)]
    [InlineData(Statistic.Hdev, true)]
    [InlineData(Statistic.Ohdev, true)]
    public void A_frequency_offset_changes_nothing_and_a_drift_not_the_Hadamard_family(Statistic statistic, bool drift)
    {
        var x = NoiseSeries.Of(0, 500, 2);
        var moved = x.Select((v, i) => v + 3 + (0.25 * i) + (drift ? 0.01 * i * i : 0)).ToArray();
        foreach (var m in new[] { 1, 3, 20, 100 })
        {
            var (plain, other) = (PublishedSeries.One(new(x, 1), statistic, m), PublishedSeries.One(new(moved, 1), statistic, m));
            PublishedSeries.Near(plain.Value, other.Value, 1e-9);
        }
    }

    [Fact]
    public void Twice_the_phase_is_twice_the_value_and_half_the_interval_between_samples_is_twice_the_frequency()
    {
        var x = NoiseSeries.Of(-1, 300, 3);
        long[] factors = [1, 4, 30];
        var one = StabilityAnalysis.Compute(new(x, 1), AllStatistics, factors).Points;
        var twice = StabilityAnalysis.Compute(new(Array.ConvertAll(x, v => 2 * v), 1), AllStatistics, factors).Points;
        var faster = StabilityAnalysis.Compute(new(x, 0.5), AllStatistics, factors).Points;
        Assert.Equal(27, one.Count);
        for (var i = 0; i < one.Count; i++)
        {
            PublishedSeries.Near(2 * one[i].Value, twice[i].Value, 1e-12);
            Assert.Equal(one[i].Noise, twice[i].Noise);
            Assert.Equal(one[i].TauS / 2, faster[i].TauS);
            var seconds = one[i].Statistic is Statistic.Tdev or Statistic.Mtie or Statistic.Tierms;
            PublishedSeries.Near((seconds ? 1 : 2) * one[i].Value, faster[i].Value, 1e-12);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void MTIE_never_falls_with_the_averaging_time_and_ends_at_the_whole_range(double missing)
    {
        var x = NoiseSeries.WithGaps(NoiseSeries.Of(-2, 400, 4), missing, 9);
        var points = StabilityAnalysis.Compute(new(x, 1), [Statistic.Mtie], AveragingFactors.All(x.Length)).Points;
        Assert.InRange(points.Count, 397, 398);
        Assert.All(points.Zip(points.Skip(1)), pair => Assert.True(pair.First.Value <= pair.Second.Value));
        Assert.True(points[^1].Value <= x.Where(double.IsFinite).Max() - x.Where(double.IsFinite).Min());
    }

    [Fact]
    public void A_wandering_phase_of_a_million_points_keeps_its_short_term_digits()
    {
        // Picoseconds of wander upon seconds of phase: sums from the beginning would be off by several times the value.
        var x = Array.ConvertAll(NoiseSeries.Of(-2, 1_000_000, 5), v => 3 + (1e-12 * v));
        var whole = PublishedSeries.One(new(x, 1), Statistic.Mdev, 4);
        var end = x[^20_000..];
        var naive = NaiveFamily.At(Statistic.Mdev, end, 1, 4);
        PublishedSeries.Near(naive.Value, PublishedSeries.One(new(end, 1), Statistic.Mdev, 4).Value, 1e-6);
        PublishedSeries.Near(naive.Value, whole.Value, 0.05);
    }

    [Fact]
    public void The_number_of_workers_changes_no_digit()
    {
        var series = new PhaseSeries(NoiseSeries.WithGaps(NoiseSeries.Of(0, 5000, 6), 0.001, 6), 1);
        var factors = AveragingFactors.Octave(series.Count);
        Assert.Equal(StabilityAnalysis.Compute(series, AllStatistics, factors, workers: 1).Points, StabilityAnalysis.Compute(series, AllStatistics, factors, workers: 4).Points);
    }
}
