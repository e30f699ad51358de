namespace Guestclock.Stability;

/// <summary>
/// Which averaging factors m (tau = m·tau0) to look at, rising and each once. They go as far as any statistic can; the analysis leaves out those that one
/// statistic cannot have (fewer than <see cref="StabilityAnalysis.FewestTerms"/> terms).
/// </summary>
public static class AveragingFactors
{
    /// <summary>1, 2, 4, 8, ...</summary>
    public static IReadOnlyList<long> Octave(long points)
    {
        var factors = new List<long>();
        for (long m = 1; m < points; m *= 2)
            factors.Add(m);
        return factors;
    }

    /// <summary>1, 2, 4, 10, 20, 40, 100, ...</summary>
    public static IReadOnlyList<long> Decade(long points)
    {
        var factors = new List<long>();
        for (long decade = 1; decade < points; decade *= 10)
            factors.AddRange(new[] { decade, 2 * decade, 4 * decade }.Where(m => m < points));
        return factors;
    }

    /// <summary>Every one: the work grows with the square of the number of points.</summary>
    public static IReadOnlyList<long> All(long points)
    {
        var factors = new List<long>();
        for (long m = 1; m < points; m++)
            factors.Add(m);
        return factors;
    }

    /// <summary>The factors nearest to the given averaging times in seconds; times that are not at least one sample, or reach past the series, are left out.</summary>
    public static IReadOnlyList<long> FromTaus(IEnumerable<double> tausS, double tau0S, long points) =>
        [.. tausS.Select(t => Math.Round(t / tau0S)).Where(m => m >= 1 && m < points).Select(m => (long)m).Distinct().Order()];
}
