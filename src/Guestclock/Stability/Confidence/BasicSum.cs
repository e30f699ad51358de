namespace Guestclock.Stability.Confidence;

/// <summary>
/// Covariances of filtered differences of power-law noise, equations 7 to 10 of C. A. Greenhall and W. J. Riley, "Uncertainty of stability variances
/// based on finite differences", 35th PTTI meeting, 2003. Signs and factors common to all terms fall out of the ratios that they are used in.
/// </summary>
internal static class BasicSum
{
    /// <summary>s_z(0)² + (1 − J/M) s_z(J/S)² + 2 Σ_{j=1}^{J−1} (1 − j/M) s_z(j/S)², over s_z(0)².</summary>
    public static double Of(int terms, double summands, double stride, double filter, int alpha, int order)
    {
        var zero = Difference(0, filter, alpha, order);
        var last = Difference(terms / stride, filter, alpha, order) / zero;
        var sum = 1 + ((1 - (terms / summands)) * last * last);
        for (var j = 1; j < terms; j++)
        {
            var ratio = Difference(j / stride, filter, alpha, order) / zero;
            sum += 2 * (1 - (j / summands)) * ratio * ratio;
        }

        return sum;
    }

    /// <summary>s_z: the differences of order d, central binomials with changing signs over s_x.</summary>
    public static double Difference(double t, double filter, int alpha, int order) => order switch
    {
        1 => (2 * Filtered(t, filter, alpha)) - Both(t, 1, filter, alpha),
        2 => (6 * Filtered(t, filter, alpha)) - (4 * Both(t, 1, filter, alpha)) + Both(t, 2, filter, alpha),
        3 => (20 * Filtered(t, filter, alpha)) - (15 * Both(t, 1, filter, alpha)) + (6 * Both(t, 2, filter, alpha)) - Both(t, 3, filter, alpha),
        _ => throw new ArgumentOutOfRangeException(nameof(order)),
    };

    private static double Both(double t, double lag, double filter, int alpha) => Filtered(t - lag, filter, alpha) + Filtered(t + lag, filter, alpha);

    /// <summary>s_x: second difference over 1/F of s_w; its limit for an infinite F is s_w of a noise whose alpha is greater by two.</summary>
    private static double Filtered(double t, double filter, int alpha) => double.IsPositiveInfinity(filter)
        ? Noise(t, alpha + 2)
        : filter * filter * ((2 * Noise(t, alpha)) - Noise(t - (1 / filter), alpha) - Noise(t + (1 / filter), alpha));

    /// <summary>s_w: the generalized autocovariance of the noise.</summary>
    private static double Noise(double t, int alpha)
    {
        var size = Math.Abs(t);
        var log = size == 0 ? 0 : Math.Log(size);
        return alpha switch
        {
            2 => -size,
            1 => Power(size, 2) * log,
            0 => Power(size, 3),
            -1 => -Power(size, 4) * log,
            -2 => -Power(size, 5),
            -3 => Power(size, 6) * log,
            -4 => Power(size, 7),
            _ => throw new ArgumentOutOfRangeException(nameof(alpha)),
        };
    }

    private static double Power(double x, int exponent)
    {
        var result = 1.0;
        for (var i = 0; i < exponent; i++)
            result *= x;
        return result;
    }
}
