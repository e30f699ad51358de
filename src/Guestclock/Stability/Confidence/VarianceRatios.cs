using Guestclock.Stability.Family;

namespace Guestclock.Stability.Confidence;

/// <summary>
/// Noise from two ratios, for averaging times with few points: B1, the variance of the frequencies over their Allan variance (J. A. Barnes, NBS Technical Note
/// 375, 1969), and R(n), the modified over the plain Allan variance, which tells the two noises of phase apart (NIST SP 1065 sections 5.5.2 and 5.5.4).
/// </summary>
internal static class VarianceRatios
{
    /// <summary>With fewer frequencies nothing can be told.</summary>
    private const int FewestFrequencies = 6;

    /// <param name="phase">Every m-th point.</param>
    public static NoiseType Identify(Samples samples, ReadOnlySpan<double> phase, int m, int mostDifferences)
    {
        var frequencies = Differences(phase);
        if (Ratio(frequencies) is not { } ratio)
            return NoiseType.Unknown;
        var count = Count(frequencies);
        var alpha = Exponent(ratio, count);
        if (alpha == -2 && mostDifferences == 3 && Ratio(Differences(frequencies)) is { } steeper)
            alpha = Math.Min(alpha, Exponent(steeper, count - 1) - 2);
        if (alpha > 0)
            return m == 1 ? NoiseType.WhitePm : OfPhase(samples, m);
        return NoiseIdentification.Named(alpha, mostDifferences);
    }

    /// <summary>Alpha from B1; 1 stands for both noises of phase, whose B1 is one.</summary>
    private static int Exponent(double ratio, int count)
    {
        for (var mu = -2; mu < 1; mu++)
        {
            // Halfway between two noises on a scale of ratios.
            if (ratio < Math.Sqrt(Expected(count, mu) * Expected(count, mu + 1)))
                return -mu - 1;
        }

        return -2;
    }

    /// <summary>B1(N, mu) = N(1 − N^mu) / (2(N − 1)(1 − 2^mu)); the Allan variance goes with tau to the power of mu.</summary>
    private static double Expected(int count, int mu)
    {
        double n = count;
        return mu == 0 ? n * Math.Log(n) / (2 * (n - 1) * Math.Log(2)) : n * (1 - Math.Pow(n, mu)) / (2 * (n - 1) * (1 - Math.Pow(2, mu)));
    }

    /// <summary>White or flicker phase, by R(n) against the geometric mean of 1/m and the flicker's ratio with a bandwidth of half the sampling rate.</summary>
    public static NoiseType OfPhase(Samples samples, int m)
    {
        var (modified, windows) = new Mdev().At(samples, m);
        var (plain, terms) = new Oadev().At(samples, m);
        // The interval of flicker is the wider one.
        if (windows == 0 || terms == 0)
            return NoiseType.FlickerPm;
        var flicker = 3 * Math.Log(256 / 27.0) / 2 / (1.038 + (3 * Math.Log(Math.PI * m)));
        return Math.Pow(modified / plain, 2) < Math.Sqrt(flicker / m) ? NoiseType.WhitePm : NoiseType.FlickerPm;
    }

    private static double[] Differences(ReadOnlySpan<double> x)
    {
        var differences = new double[Math.Max(0, x.Length - 1)];
        for (var i = 0; i < differences.Length; i++)
            differences[i] = x[i + 1] - x[i];
        return differences;
    }

    private static int Count(double[] values) => values.Count(v => !double.IsNaN(v));

    /// <summary>Sample variance over Allan variance of the values that are there.</summary>
    private static double? Ratio(double[] values)
    {
        var there = values.Where(v => !double.IsNaN(v)).ToList();
        if (there.Count < FewestFrequencies)
            return null;
        var mean = there.Average();
        var variance = there.Sum(v => (v - mean) * (v - mean)) / (there.Count - 1);
        var steps = Differences(values).Where(v => !double.IsNaN(v)).ToList();
        var allan = steps.Sum(v => v * v) / (2 * steps.Count);
        return variance / allan is var ratio && double.IsFinite(ratio) ? ratio : null;
    }
}
