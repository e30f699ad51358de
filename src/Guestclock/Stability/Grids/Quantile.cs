namespace Guestclock.Stability.Grids;

/// <summary>Quantiles of many numbers, from an even choice of at most 100 000 of them.</summary>
internal static class Quantile
{
    private const int Most = 100_000;

    /// <summary>Sorted; <paramref name="valueAt"/> may give <see cref="double.NaN"/> for what does not count.</summary>
    public static double[] Sorted(int count, Func<int, double> valueAt)
    {
        var stride = Math.Max(1, (count + Most - 1) / Most);
        var chosen = new List<double>(Math.Min(count, Most));
        for (var i = 0; i < count; i += stride)
        {
            if (valueAt(i) is var value && !double.IsNaN(value))
                chosen.Add(value);
        }

        chosen.Sort();
        return [.. chosen];
    }

    /// <summary>NaN of nothing.</summary>
    public static double Of(double[] sorted, double share) => sorted.Length == 0 ? double.NaN : sorted[(int)(share * (sorted.Length - 1))];
}
