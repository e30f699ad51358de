namespace Guestclock.Stability;

/// <summary>Middle and width of values of which some are outliers.</summary>
/// <param name="Sigma">Standard deviation that normal noise of this width has.</param>
internal readonly record struct Spread(double Middle, double Sigma)
{
    /// <summary>
    /// Median and 1.4826 times the median absolute deviation from it. Where more than half of the values are the same, as with a coarse resolution, 1.2533 times the mean
    /// absolute deviation (B. Iglewicz and D. C. Hoaglin, "How to detect and handle outliers", 1993).
    /// </summary>
    public static Spread Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            return new(0, 0);
        var work = values.ToArray();
        var middle = Median.Of(work);
        double sum = 0;
        for (var i = 0; i < work.Length; i++)
        {
            work[i] = Math.Abs(work[i] - middle);
            sum += work[i];
        }

        var deviation = Median.Of(work);
        return new(middle, deviation > 0 ? 1.4826 * deviation : 1.2533 * sum / work.Length);
    }

    /// <summary>Whether the sum of <paramref name="parts"/> such values is farther than the limit from where it belongs.</summary>
    public bool IsBeyond(double sum, double limit, int parts = 1) => Math.Abs(sum - (parts * Middle)) > limit * Sigma * Math.Sqrt(parts);
}
