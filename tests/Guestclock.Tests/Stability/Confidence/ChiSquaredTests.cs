using Guestclock.Stability.Confidence;

namespace Guestclock.Tests.Stability.Confidence;

public class ChiSquaredTests
{
    /// <summary>As SciPy 1.10 (chi2.ppf) has them.</summary>
    [Theory]
    [InlineData(0.1585, 0.5, 0.0008522743943795387)]
    [InlineData(0.8415, 0.5, 0.9653215864918261)]
    [InlineData(0.025, 1, 0.0009820691171752555)]
    [InlineData(0.975, 1, 5.023886187314888)]
    [InlineData(0.1585, 2.3, 0.4780079186193652)]
    [InlineData(0.5, 10, 9.34181776559197)]
    [InlineData(0.975, 10, 20.483177350807388)]
    [InlineData(0.001, 57.4, 29.87671487236586)]
    [InlineData(0.999, 57.4, 96.26640414086329)]
    [InlineData(0.1585, 1000, 955.2657368667747)]
    [InlineData(0.8415, 1000, 1044.7360343449384)]
    [InlineData(0.8415, 123456.7, 123953.92225485973)]
    [InlineData(0.1585, 5e6, 4996835.693766035)]
    [InlineData(0.025, 2e7, 19987605.993768536)]
    [InlineData(0.975, 2e7, 20012397.7948432)]
    public void Quantiles_agree(double p, double degrees, double expected) => PublishedSeries.Near(expected, ChiSquared.Quantile(p, degrees), 1e-10);

    [Theory]
    [InlineData(1e-9, 3.3, 8.92475026127423e-06)]
    [InlineData(0.999999999, 3.3, 45.78216497490499)]
    [InlineData(1e-12, 1e4, 9037.257772358387)]
    [InlineData(0.999999999999, 1e4, 11027.380395779)]
    [InlineData(1e-9, 0.57, 3.641700914979627e-32)]
    [InlineData(0.9999999, 0.57, 26.160227502243995)]
    [InlineData(1e-6, 2e6, 1990507.5468255973)]
    public void Quantiles_far_out_agree(double p, double degrees, double expected) => PublishedSeries.Near(expected, ChiSquared.Quantile(p, degrees), 1e-6);

    [Fact]
    public void A_confidence_next_to_certainty_has_an_interval_or_none_but_no_failure()
    {
        foreach (var confidence in new[] { double.Epsilon, 1e-9, 0.5, 0.999999, 1 - 1e-12, Math.BitDecrement(1) })
        {
            if (ConfidenceInterval.Of(1, 0.7, confidence) is { } interval)
                Assert.True(interval.Low <= interval.High && double.IsFinite(interval.High));
        }
    }

    /// <summary>With two degrees the distribution is exponential: −2 ln(1 − p).</summary>
    [Fact]
    public void Two_degrees_of_freedom_have_a_closed_form()
    {
        for (var p = 0.0005; p < 1; p += 0.0105)
            PublishedSeries.Near(-2 * Math.Log(1 - p), ChiSquared.Quantile(p, 2), 1e-11);
    }

    [Fact]
    public void Quantiles_rise_with_the_probability_and_with_the_degrees()
    {
        var random = new Random(1);
        for (var run = 0; run < 500; run++)
        {
            var (p, degrees) = (0.001 + (0.99 * random.NextDouble()), Math.Pow(10, (random.NextDouble() * 7) - 0.5));
            var here = ChiSquared.Quantile(p, degrees);
            Assert.True(here > 0 && here < ChiSquared.Quantile(p + 0.001, degrees), $"{p} {degrees}");
            Assert.True(here < ChiSquared.Quantile(p, degrees * 1.01), $"{p} {degrees}");
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(0.5, 0)]
    [InlineData(0.5, double.NaN)]
    [InlineData(0.5, double.PositiveInfinity)]
    public void Arguments_without_an_answer_are_refused(double p, double degrees) => Assert.Throws<ArgumentOutOfRangeException>(() => ChiSquared.Quantile(p, degrees));
}
