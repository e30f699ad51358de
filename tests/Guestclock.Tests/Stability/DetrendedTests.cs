using Guestclock.Stability;

namespace Guestclock.Tests.Stability;

public class DetrendedTests
{
    [Fact]
    public void A_parabola_and_a_line_vanish_and_gaps_stay()
    {
        var x = Enumerable.Range(0, 1000).Select(i => i % 7 == 0 ? double.NaN : 12 - (0.5 * i) + (1e-3 * i * i)).ToArray();
        var flat = Detrended.WithoutDrift(new(x, 1)).PhaseS;
        Assert.All(Enumerable.Range(0, 1000), i => Assert.True(i % 7 == 0 ? double.IsNaN(flat[i]) : Math.Abs(flat[i]) < 1e-10));
        var line = Enumerable.Range(0, 1000).Select(i => 1e6 + (3.0 * i)).ToArray();
        Assert.All(Detrended.WithoutFrequency(new(line, 1)).PhaseS, v => Assert.InRange(v, -1e-8, 1e-8));
    }

    [Fact]
    public void What_is_left_has_no_slope()
    {
        var x = NoiseSeries.Of(-2, 5000, 1);
        PublishedSeries.Near(1, 1 + FrequencyFit.LeastSquares(Detrended.WithoutFrequency(new(x, 1)))!.Frequency, 1e-9);
    }

    [Fact]
    public void Too_few_points_are_left_as_they_are()
    {
        Assert.Equal([5.0], Detrended.WithoutFrequency(new([5], 1)).PhaseS);
        Assert.Empty(Detrended.WithoutDrift(new([], 1)).PhaseS);
        Assert.All(Detrended.WithoutDrift(new([1, 2, 4], 1)).PhaseS, v => Assert.InRange(v, -1e-12, 1e-12));
    }
}
