using Guestclock.Stability.Family;

namespace Guestclock.Stability.Confidence;

/// <summary>
/// The dominant power-law noise at an averaging time, from the lag 1 autocorrelation of every m-th point (W. J. Riley and C. A. Greenhall, "Power law noise
/// identification using the lag 1 autocorrelation", 18th European Frequency and Time Forum, 2004; NIST SP 1065 section 5.5.3).
/// </summary>
internal static class NoiseIdentification
{
    /// <summary>With fewer points the autocorrelation scatters too much, and ratios of variances decide.</summary>
    private const int FewestForAutocorrelation = 30;

    /// <summary>So many points tell r to 0.002, a hundredth of what parts two noises; of a longer series the first ones are looked at.</summary>
    private const int MostForAutocorrelation = 1 << 18;

    /// <param name="mostDifferences">2 for the Allan family; 3 for the Hadamard family, which converges for steeper noise too.</param>
    public static NoiseType At(Samples samples, int m, int mostDifferences)
    {
        // Points that have no common origin cannot be compared: there the longest run speaks for all.
        var x = samples.OneScale ? samples.X : samples.Of(samples.Longest);
        var decimated = Decimate(x, m);
        if (Present(decimated) >= FewestForAutocorrelation)
            return ByAutocorrelation(decimated, mostDifferences);
        var noise = VarianceRatios.Identify(samples, decimated, m, mostDifferences);
        return noise == NoiseType.Unknown ? GoingOn(samples, x, m, mostDifferences) : noise;
    }

    /// <summary>
    /// Where even the ratios have nothing to go by, the noise goes on as it was at the longest averaging time with enough points. Noise of phase looks whiter there than
    /// it is, for it is sampled and not averaged: which of the two it is, is asked anew.
    /// </summary>
    private static NoiseType GoingOn(Samples samples, ReadOnlySpan<double> x, int m, int mostDifferences)
    {
        var longest = Decimate(x, Math.Max(1, (x.Length - 1) / (FewestForAutocorrelation - 1)));
        if (Present(longest) < FewestForAutocorrelation)
            return NoiseType.Unknown;
        var noise = ByAutocorrelation(longest, mostDifferences);
        return noise is NoiseType.WhitePm or NoiseType.FlickerPm ? VarianceRatios.OfPhase(samples, m) : noise;
    }

    private static double[] Decimate(ReadOnlySpan<double> x, int m)
    {
        var decimated = new double[Math.Min(((x.Length - 1) / m) + 1, MostForAutocorrelation)];
        for (var i = 0; i < decimated.Length; i++)
            decimated[i] = x[i * m];
        return decimated;
    }

    private static int Present(ReadOnlySpan<double> x)
    {
        var present = 0;
        foreach (var value in x)
        {
            if (!double.IsNaN(value))
                present++;
        }

        return present;
    }

    /// <remarks>
    /// No trend is taken out: a trend makes r great and so is differenced away, whereas a short stretch of noise of frequency looks like noise of phase
    /// without its trend, and would be given far too narrow an interval.
    /// </remarks>
    private static NoiseType ByAutocorrelation(double[] phase, int mostDifferences)
    {
        var z = phase.AsSpan();
        for (var d = 0; ; d++)
        {
            var r = LagOne(z);
            if (!double.IsFinite(r))
                return NoiseType.Unknown;
            // The paper's fractional integration order; alpha of the frequency is two more than the exponent of the phase.
            var delta = r / (1 + r);
            if (delta < 0.25 || d >= mostDifferences)
                return Named(2 - (2 * d) - (int)Math.Round(2 * delta), mostDifferences);
            for (var i = 0; i < z.Length - 1; i++)
                z[i] = z[i + 1] - z[i];
            z = z[..^1];
        }
    }

    public static NoiseType Named(int alpha, int mostDifferences) => (NoiseType)Math.Clamp(alpha, mostDifferences == 3 ? -4 : -2, 2);

    /// <summary>Σ(z[i] − mean)(z[i+1] − mean) / Σ(z[i] − mean)² over what is there.</summary>
    private static double LagOne(ReadOnlySpan<double> z)
    {
        var (sum, count) = (0.0, 0L);
        foreach (var value in z)
        {
            if (double.IsNaN(value))
                continue;
            sum += value;
            count++;
        }

        var mean = sum / count;
        var (before, products, squares) = (double.NaN, 0.0, 0.0);
        foreach (var value in z)
        {
            var now = value - mean;
            if (!double.IsNaN(now))
                squares += now * now;
            if (!double.IsNaN(before * now))
                products += before * now;
            before = now;
        }

        return products / squares;
    }
}
