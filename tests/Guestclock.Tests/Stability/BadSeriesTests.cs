using Guestclock.Stability;

namespace Guestclock.Tests.Stability;

public class BadSeriesTests
{
    private static readonly Statistic[] AllStatistics = Enum.GetValues<Statistic>();

    [Fact]
    public void Nothing_one_point_and_nothing_but_gaps_give_no_values()
    {
        foreach (var x in new double[][] { [], [1], [1, 2], [double.NaN, double.NaN, double.NaN, double.NaN, double.NaN] })
            Assert.Empty(StabilityAnalysis.Compute(new(x, 1), AllStatistics, [1, 2, 3]).Points);
    }

    [Fact]
    public void A_clock_that_is_exactly_right_has_deviations_of_zero_and_no_noise()
    {
        var points = StabilityAnalysis.Compute(new(new double[100], 1), AllStatistics, [1, 4]).Points;
        Assert.Equal(18, points.Count);
        Assert.All(points, p => Assert.Equal((0, NoiseType.Unknown), (p.Value, p.Noise)));
    }

    [Fact]
    public void Values_beyond_all_numbers_are_left_out_and_this_is_said()
    {
        foreach (var wild in new[] { double.PositiveInfinity, double.NegativeInfinity, 1e300, double.MaxValue })
        {
            var x = NoiseSeries.White(100, 1);
            x[50] = wild;
            var table = StabilityAnalysis.Compute(new(x, 1), AllStatistics, [1, 4]);
            Assert.All(table.Points, p => Assert.True(double.IsFinite(p.Value) && (p.Low is null || double.IsFinite(p.Low.Value)) && (p.High is null || double.IsFinite(p.High.Value))));
            Assert.Contains(table.Remarks, r => r.Contains("too large", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Random_hostile_series_are_borne()
    {
        var random = new Random(9);
        double[] odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, double.Epsilon, double.MaxValue, double.MinValue, 1e-300, 1e9, 1];
        for (var run = 0; run < 300; run++)
        {
            var x = new double[random.Next(0, 80)];
            for (var i = 0; i < x.Length; i++)
                x[i] = random.Next(3) == 0 ? odd[random.Next(odd.Length)] : random.NextDouble();
            var series = new PhaseSeries(x, 1, random.Next(2) == 0);
            foreach (var point in StabilityAnalysis.Compute(series, AllStatistics, AveragingFactors.All(x.Length), workers: 1).Points)
                Assert.True(double.IsFinite(point.Value) && point.N >= 2 && point.Low is not double.NaN && point.High is not (double.NaN or double.PositiveInfinity));
            Outliers.OfPhase(series);
            Outliers.OfFrequency(x);
            Detrended.WithoutDrift(series);
            FrequencyFit.LeastSquares(series);
            FrequencyFit.TheilSen(series);
        }
    }

    [Fact]
    public void Gaps_are_remarked_upon()
    {
        var x = NoiseSeries.White(100, 2);
        (x[10], x[40]) = (double.NaN, double.NaN);
        var remarks = StabilityAnalysis.Compute(new(x, 1), [Statistic.Oadev, Statistic.Totdev], [1]).Remarks;
        Assert.Equal(["2 of 100 samples are missing; terms that need one are left out, and n counts what is left.",
            "totdev cannot bear gaps: it uses the longest run without one, 59 of 100 samples."], remarks);
        Assert.Single(StabilityAnalysis.Compute(new(x, 1), [Statistic.Oadev], [1]).Remarks);
    }

    [Fact]
    public void A_missing_frequency_parts_the_phase_and_no_term_spans_it()
    {
        double[] y = [1, 2, 4, 8, double.NaN, 100, 16, 32, 64, 128];
        var series = PhaseSeries.FromFrequency(y, 1);
        Assert.Equal([0, 1, 3, 7, 15, double.NaN, 0, 16, 48, 112, 240], series.PhaseS);
        // Differences of frequency inside the runs: 1, 2, 4 and 16, 32, 64.
        var point = PublishedSeries.One(series, Statistic.Adev, 1);
        Assert.Equal(6, point.N);
        PublishedSeries.Near(Math.Sqrt((1 + 4 + 16 + 256 + 1024 + 4096) / 12.0), point.Value, 1e-12);
        Assert.Equal(2, PublishedSeries.One(series, Statistic.Oadev, 2).N);
        Assert.Contains(StabilityAnalysis.Compute(series, [Statistic.Adev], [1]).Remarks, r => r.Contains("no term spans", StringComparison.Ordinal));
    }

    [Fact]
    public void Slopes_are_those_of_the_longest_run_where_gaps_break_the_phase()
    {
        var y = Enumerable.Repeat(3.0, 40).ToArray();
        (y[10], y[25]) = (double.NaN, double.NaN);
        var series = PhaseSeries.FromFrequency(y, 0.5);
        var fit = FrequencyFit.LeastSquares(series)!;
        PublishedSeries.Near(3, fit.Frequency, 1e-12);
        Assert.Equal(14, fit.N);
        PublishedSeries.Near(3, FrequencyFit.TheilSen(series)!.Frequency, 1e-12);
        // Each run is flat without its slope, on a level of its own.
        Assert.All(StabilityAnalysis.Compute(Detrended.WithoutFrequency(series), [Statistic.Mtie], [1, 4]).Points, p => Assert.InRange(p.Value, 0, 1e-12));
        Assert.Empty(Outliers.OfPhase(series).Steps);
    }

    [Fact]
    public void Cancelling_ends_with_what_was_finished()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var table = StabilityAnalysis.Compute(new(NoiseSeries.White(1000, 3), 1), AllStatistics, [1, 2], cancellation: cancelled.Token);
        Assert.False(table.Complete);
        Assert.Empty(table.Points);
    }

    [Fact]
    public void Nonsense_from_the_caller_is_refused()
    {
        var series = new PhaseSeries([1, 2, 3, 4], 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => StabilityAnalysis.Compute(series, AllStatistics, [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => StabilityAnalysis.Compute(series, AllStatistics, [1], confidence: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => StabilityAnalysis.Compute(series, AllStatistics, [1], confidence: double.NaN));
        Assert.Throws<ArgumentException>(() => StabilityAnalysis.Compute(series with { Tau0S = 0 }, AllStatistics, [1]));
        Assert.Throws<ArgumentException>(() => StabilityAnalysis.Compute(series with { Tau0S = double.NaN }, AllStatistics, [1]));
    }
}
