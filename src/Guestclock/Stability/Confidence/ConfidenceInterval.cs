namespace Guestclock.Stability.Confidence;

/// <summary>Where the true deviation lies: edf · s² / σ² goes by chi-squared (NIST SP 1065 section 5.3.2).</summary>
public static class ConfidenceInterval
{
    public static (double Low, double High)? Of(double deviation, double? degrees, double confidence)
    {
        var outside = (1 - confidence) / 2;
        if (degrees is not { } edf || !(edf > 0) || !double.IsFinite(edf) || !double.IsFinite(deviation) || 1 - outside >= 1)
            return null;
        var low = deviation * Math.Sqrt(edf / ChiSquared.Quantile(1 - outside, edf));
        var high = deviation * Math.Sqrt(edf / ChiSquared.Quantile(outside, edf));
        return double.IsFinite(high) ? (low, high) : null;
    }
}
