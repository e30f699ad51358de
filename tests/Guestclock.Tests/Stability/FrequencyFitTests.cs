using Guestclock.Stability;

namespace Guestclock.Tests.Stability;

public class FrequencyFitTests
{
    [Fact]
    public void A_line_is_found_exactly_whatever_is_missing()
    {
        var x = Enumerable.Range(0, 200).Select(i => 5 - (3e-6 * 0.5 * i)).ToArray();
        (x[0], x[7], x[8]) = (double.NaN, double.NaN, double.NaN);
        var fit = FrequencyFit.LeastSquares(new PhaseSeries(x, 0.5))!;
        PublishedSeries.Near(-3e-6, fit.Frequency, 1e-9);
        Assert.Equal(197, fit.N);
        Assert.InRange(fit.Bound!.Value, 0, 1e-14);
        PublishedSeries.Near(-3e-6, FrequencyFit.TheilSen(new PhaseSeries(x, 0.5))!.Frequency, 1e-9);
    }

    [Fact]
    public void Uneven_instants_of_a_day_in_this_century_lose_no_digits()
    {
        var random = new Random(1);
        var times = Enumerable.Range(0, 500).Select(i => 1.76e9 + (i * 10) + random.NextDouble()).ToArray();
        var phase = Array.ConvertAll(times, t => (t - 1.76e9) * 2e-6);
        PublishedSeries.Near(2e-6, FrequencyFit.LeastSquares(times, phase)!.Frequency, 1e-9);
        PublishedSeries.Near(2e-6, FrequencyFit.TheilSen(times, phase)!.Frequency, 1e-4);
    }

    [Theory]
    [InlineData(2, 100)]
    [InlineData(2, 1000)]
    [InlineData(0, 100)]
    [InlineData(0, 1000)]
    public void The_bound_holds_the_truth_as_often_as_it_says_for_white_noise_of_phase_and_of_frequency(int alpha, int count)
    {
        var fits = Enumerable.Range(0, 400).Select(seed => FrequencyFit.LeastSquares(new(NoiseSeries.Of(alpha, count, seed), 1), 0.95)!).ToList();
        Assert.InRange(fits.Count(f => Math.Abs(f.Frequency) <= f.Bound), 0.9 * 400, 0.995 * 400);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(5000)]
    public void A_quarter_of_bad_points_does_not_move_the_median_of_slopes_far(int count)
    {
        var random = new Random(2);
        var x = Enumerable.Range(0, count).Select(i => (1e-6 * i) + (1e-9 * random.NextDouble()) + (random.Next(4) == 0 ? 0.01 * random.NextDouble() : 0)).ToArray();
        var fit = FrequencyFit.TheilSen(new PhaseSeries(x, 1))!;
        Assert.InRange(fit.Frequency, 0.97e-6, 1.03e-6);
        Assert.Equal(count, fit.N);
    }

    [Fact]
    public void Too_few_points_have_no_slope_or_no_bound()
    {
        Assert.Null(FrequencyFit.LeastSquares(new PhaseSeries([], 1)));
        Assert.Null(FrequencyFit.LeastSquares(new PhaseSeries([1, double.NaN], 1)));
        Assert.Null(FrequencyFit.TheilSen(new PhaseSeries([double.NaN, 4], 1)));
        Assert.Null(FrequencyFit.LeastSquares([7, 7], [1, 2]));
        Assert.Null(FrequencyFit.TheilSen([7, 7], [1, 2]));
        var two = FrequencyFit.LeastSquares(new PhaseSeries([1, 3], 1))!;
        Assert.Equal((2, null, 2), (two.Frequency, two.Bound, two.N));
        Assert.Throws<ArgumentException>(() => FrequencyFit.LeastSquares([1, 2], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => FrequencyFit.LeastSquares([1, 2], [1, 2], 0));
    }
}
