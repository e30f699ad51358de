using Guestclock.Stability;

namespace Guestclock.Tests.Stability;

/// <summary>The two series that the literature publishes results for.</summary>
internal static class PublishedSeries
{
    /// <summary>NBS Monograph 140, section 8A: nine values of frequency.</summary>
    public static double[] Nine => [892, 809, 823, 798, 671, 644, 883, 903, 677];

    /// <summary>NIST SP 1065, section 12.4: n(i+1) = 16807·n(i) mod 2147483647 from 1234567890 on, over 2147483647.</summary>
    public static double[] Thousand()
    {
        var y = new double[1000];
        long n = 1234567890;
        for (var i = 0; i < y.Length; i++, n = 16807 * n % 2147483647)
            y[i] = n / 2147483647.0;
        return y;
    }

    /// <summary>PHASE.DAT of Stable32: the thousand frequencies without their mean, as phase.</summary>
    public static PhaseSeries PhaseDat()
    {
        var y = Thousand();
        var mean = y.Average();
        return PhaseSeries.FromFrequency(Array.ConvertAll(y, v => v - mean), 1);
    }

    public static StabilityPoint One(PhaseSeries series, Statistic statistic, long m) => Assert.Single(StabilityAnalysis.Compute(series, [statistic], [m]).Points);

    public static void Near(double expected, double actual, double relative) =>
        Assert.True(Math.Abs(actual - expected) <= relative * Math.Abs(expected), $"{actual:R} is not {expected:R} to {relative:0e+0}");
}
