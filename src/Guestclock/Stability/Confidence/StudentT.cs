namespace Guestclock.Stability.Confidence;

/// <summary>Quantiles of Student's t.</summary>
public static class StudentT
{
    /// <summary>
    /// ± this holds the given part of the distribution. Exact for 1 and 2 degrees of freedom; else the expansion about the normal quantile
    /// (M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions, 26.7.5), good to 1 % at 3 degrees and 95 %, and better beyond.
    /// </summary>
    public static double TwoSided(double confidence, int degrees)
    {
        if (degrees == 1)
            return Math.Tan(Math.PI * confidence / 2);
        if (degrees == 2)
            return confidence * Math.Sqrt(2 / (1 - (confidence * confidence)));
        var z = Math.Sqrt(ChiSquared.Quantile(confidence, 1));
        double n = degrees;
        var z2 = z * z;
        return z * (1 + ((z2 + 1) / (4 * n)) + (((5 * z2 * z2) + (16 * z2) + 3) / (96 * n * n))
            + (((3 * z2 * z2 * z2) + (19 * z2 * z2) + (17 * z2) - 15) / (384 * n * n * n)));
    }
}
