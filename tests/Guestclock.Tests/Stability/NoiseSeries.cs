namespace Guestclock.Tests.Stability;

/// <summary>Power-law noise of phase; every test says its seed.</summary>
internal static class NoiseSeries
{
    public static double[] White(int count, int seed)
    {
        var random = new Random(seed);
        var noise = new double[count];
        for (var i = 0; i < count; i++)
            noise[i] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return noise;
    }

    /// <summary>
    /// Phase whose frequency noise has the exponent <paramref name="alpha"/>: white noise through (1 − 1/z)^(alpha/2 − 1), an exact sum for even exponents (N. J. Kasdin,
    /// "Discrete simulation of colored noise and stochastic processes and 1/f^a power law noise generation", 1995).
    /// </summary>
    public static double[] Of(int alpha, int count, int seed)
    {
        var x = White(count, seed);
        for (var sums = 2 - alpha; sums > 1; sums -= 2)
            Sum(x);
        return alpha % 2 == 0 ? x : HalfSum(x);
    }

    public static double[] WithGaps(double[] x, double share, int seed)
    {
        var random = new Random(seed);
        return Array.ConvertAll(x, v => random.NextDouble() < share ? double.NaN : v);
    }

    private static void Sum(double[] x)
    {
        for (var i = 1; i < x.Length; i++)
            x[i] += x[i - 1];
    }

    private static double[] HalfSum(double[] x)
    {
        var weights = new double[x.Length];
        weights[0] = 1;
        for (var k = 1; k < x.Length; k++)
            weights[k] = weights[k - 1] * (k - 0.5) / k;
        var y = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            for (var k = 0; k <= i; k++)
                y[i] += weights[k] * x[i - k];
        }

        return y;
    }
}
