namespace Guestclock.Stability.Confidence;

/// <summary>
/// Equivalent degrees of freedom of an Allan or Hadamard variance, by the full procedure of C. A. Greenhall and W. J. Riley, "Uncertainty of stability
/// variances based on finite differences", 35th PTTI meeting, 2003 (NIST SP 1065 section 5.4.1).
/// </summary>
public static class EquivalentDegrees
{
    /// <summary>The longest sum that is worked out; beyond it the tables, or a coarser stride, stand in.</summary>
    private const int LongestSum = 100;

    /// <summary>Null where the variance does not converge for this noise, or the noise is not known.</summary>
    /// <param name="summands">M of the paper: the terms that the variance was summed from.</param>
    public static double? Of(Estimator estimator, long summands)
    {
        var (alpha, d) = (estimator.Alpha, estimator.Order);
        if (estimator.Noise == NoiseType.Unknown || alpha + (2 * d) <= 1 || summands < 1)
            return null;
        var terms = Math.Min(summands, (d + 1) * estimator.Stride);
        // M / S, the terms counted in averaging times.
        var ratio = summands / estimator.Stride;
        return 1 / (estimator.Modified ? Modified(estimator, summands, terms, ratio)
            : alpha <= 0 ? Frequency(estimator, summands, terms, ratio)
            : alpha == 1 ? FlickerPhase(estimator, summands, terms, ratio)
            : WhitePhase(d, summands, ratio));
    }

    private static double Modified(Estimator e, double summands, double terms, double ratio)
    {
        if (terms <= LongestSum)
            return BasicSum.Of((int)terms, summands, e.Stride, 1, e.Alpha, e.Order) / summands;
        return ratio >= e.Order + 1
            ? Limit(DegreesTables.Modified(e.Alpha, e.Order), ratio)
            : BasicSum.Of(LongestSum, LongestSum, LongestSum / ratio, 1, e.Alpha, e.Order) / LongestSum;
    }

    private static double Frequency(Estimator e, double summands, double terms, double ratio)
    {
        if (terms <= LongestSum)
            return BasicSum.Of((int)terms, summands, e.Stride, Filter(e), e.Alpha, e.Order) / summands;
        return ratio >= e.Order + 1
            ? Limit(DegreesTables.Unmodified(e.Alpha, e.Order), ratio)
            : BasicSum.Of(LongestSum, LongestSum, LongestSum / ratio, double.PositiveInfinity, e.Alpha, e.Order) / LongestSum;
    }

    /// <summary>F = m, or its limit where powers of 1/m would lose their digits.</summary>
    private static double Filter(Estimator e) => (long)e.M * (e.Order + 1) <= LongestSum ? e.M : double.PositiveInfinity;

    private static double FlickerPhase(Estimator e, double summands, double terms, double ratio)
    {
        // The paper: rounding spoils s_z from m = 10^6 on; its ratios hardly change there.
        var filter = Math.Min(e.M, 1_000_000);
        if (terms <= LongestSum)
            return BasicSum.Of((int)terms, summands, e.Stride, filter, 1, e.Order) / summands;
        var (b0, b1) = DegreesTables.FlickerPhase(e.Order);
        var zero = b0 + (b1 * Math.Log(e.M));
        if (ratio >= e.Order + 1)
            return Limit(DegreesTables.Unmodified(1, e.Order), ratio) / (zero * zero);
        var stride = LongestSum / ratio;
        var atZero = BasicSum.Difference(0, stride, 1, e.Order) / zero;
        return BasicSum.Of(LongestSum, LongestSum, stride, stride, 1, e.Order) * atZero * atZero / LongestSum;
    }

    /// <summary>
    /// White phase is only correlated over whole averaging times: 1/M (1 + 2 Σ_k (1 − k/r) (C(2d, d−k) / C(2d, d))²) over the k up to d that are less than r.
    /// With r > d it is the paper's 1/M (a0 − a1/r).
    /// </summary>
    private static double WhitePhase(int d, double summands, double ratio)
    {
        double sum = 1;
        for (var k = 1; k <= d && k < ratio; k++)
        {
            var weight = Binomial(2 * d, d - k) / Binomial(2 * d, d);
            sum += 2 * (1 - (k / ratio)) * weight * weight;
        }

        return sum / summands;
    }

    private static double Limit((double A0, double A1) table, double ratio) => (table.A0 - (table.A1 / ratio)) / ratio;

    private static double Binomial(int n, int k)
    {
        double result = 1;
        for (var i = 1; i <= k; i++)
            result *= (n - k + i) / (double)i;
        return result;
    }
}
