namespace Guestclock.Stability.Grids;

/// <summary>How far apart the points of a grid are, found from the times of samples.</summary>
/// <param name="Tau0S">The mean of those intervals that are near their median.</param>
/// <param name="SlackS">An interval that differs from tau0 by no more than this is one step: times in whole seconds cannot say it better.</param>
internal readonly record struct GridSpacing(double Tau0S, double SlackS)
{
    /// <summary>Digits of tau0; what is beyond them is the rounding of the times.</summary>
    private const int Digits = 9;

    /// <summary>In tau0: a sample nearer to its point than this is at it.</summary>
    private const double Near = 0.2;

    public static GridSpacing Of(double[] atS, double? tau0S)
    {
        var intervals = Quantile.Sorted(atS.Length - 1, i => atS[i + 1] - atS[i] is var d and >= 0 ? d : double.NaN);
        var medianS = Quantile.Of(intervals, 0.5);
        var shorter = intervals.Count(d => d < medianS);
        var isUneven = medianS == 0 || shorter > intervals.Length / 10;
        var resolutionS = isUneven && Array.TrueForAll(atS, t => t == Math.Floor(t)) ? 1 : 0;
        if (tau0S is { } given)
            return new(given, given < 2 * resolutionS ? resolutionS : 0);
        var found = Rounded(Mean(atS, medianS, Math.Max(medianS / 2, resolutionS)));
        return new(found, found < 2 * resolutionS ? resolutionS : 0);
    }

    /// <summary>How many points an interval takes; 0: too soon after the last sample.</summary>
    public double StepsOf(double intervalS) => Math.Abs(intervalS - Tau0S) <= SlackS ? 1 : Math.Round(intervalS / Tau0S);

    /// <summary>
    /// From when the next interval counts: from the sample itself, so that intervals may all be a little longer than tau0; from its point of the grid where the
    /// two are far apart, so that samples in between are not taken too soon again and again.
    /// </summary>
    public double TimeOf(double atS, double lastS)
    {
        var steps = StepsOf(atS - lastS);
        var pointS = lastS + (steps * Tau0S);
        return steps < 0 || Math.Abs(atS - pointS) <= Math.Max(SlackS, Near * Tau0S) ? atS : pointS;
    }

    /// <summary>Zero where no interval is positive.</summary>
    private static double Mean(double[] atS, double medianS, double withinS)
    {
        var (sum, count) = (0.0, 0L);
        for (var i = 1; i < atS.Length; i++)
        {
            var intervalS = atS[i] - atS[i - 1];
            if (intervalS < 0 || Math.Abs(intervalS - medianS) > withinS)
                continue;
            sum += intervalS;
            count++;
        }

        return count == 0 ? 0 : sum / count;
    }

    private static double Rounded(double value)
    {
        if (value <= 0)
            return 0;
        var scale = Math.Pow(10, Math.Floor(Math.Log10(value)) + 1 - Digits);
        return scale >= 1 ? Math.Round(value / scale) * scale : Math.Round(value / scale) / Math.Round(1 / scale);
    }
}
