namespace Guestclock.Stability.Grids;

/// <summary>
/// Finds steps of a clock: changes of the phase from one sample to the next that are far beyond what is usual, that stay, and that stand alone; so neither an
/// outlier (it goes back) nor a slew (it goes on) is one.
/// </summary>
internal static class StepSearch
{
    private const int Window = 5;
    private const int Fewest = 3;

    /// <summary>Beyond the nine tenths of all changes: about 13 standard deviations of normal ones.</summary>
    private const double Beyond = 8;

    /// <summary>Beyond the second largest change nearby: where all is noisy, a large change says little.</summary>
    private const double Alone = 8;

    /// <summary>Points of <paramref name="phase"/> at which a new part begins, with the size of the step there in seconds.</summary>
    public static List<(int At, double SizeS)> Find(ReadOnlyMemory<double> phase)
    {
        var found = new List<(int, double)>();
        var (places, values) = Known(phase.Span);
        if (values.Length < 2 * Fewest)
            return found;
        var rates = Quantile.Sorted(values.Length - 1, i => (values[i + 1] - values[i]) / (places[i + 1] - places[i]));
        var rate = Quantile.Of(rates, 0.5);
        var usual = Usual(rates, rate);
        for (var i = Fewest - 1; i + Fewest < values.Length; i++)
        {
            var steps = places[i + 1] - places[i];
            if (Math.Abs(((values[i + 1] - values[i]) / steps) - rate) <= Beyond * usual)
                continue;
            if (SizeOf(places, values, i) is { } size)
                found.Add((places[i + 1], size));
        }

        return found;
    }

    private static double Usual(double[] rates, double rate)
    {
        var deviations = rates.Select(r => Math.Abs(r - rate)).Order().ToArray();
        return Quantile.Of(deviations, 0.9) is > 0 and var usual ? usual : deviations.Average();
    }

    /// <summary>The size of the step behind sample <paramref name="i"/>, by the samples on both sides; null: there is none.</summary>
    private static double? SizeOf(int[] places, double[] values, int i)
    {
        var (first, last) = (Math.Max(0, i + 1 - Window), Math.Min(values.Length - 1, i + Window));
        var rates = Enumerable.Range(first, last - first).Where(j => j != i).Select(j => (values[j + 1] - values[j]) / (places[j + 1] - places[j])).Order().ToArray();
        var rate = rates[rates.Length / 2];
        var change = values[i + 1] - values[i] - (rate * (places[i + 1] - places[i]));
        // Each sample is brought to the edge of the step at the local rate.
        var before = Median(Enumerable.Range(first, i + 1 - first).Select(j => values[j] + (rate * (places[i] - places[j]))));
        var after = Median(Enumerable.Range(i + 1, last - i).Select(j => values[j] - (rate * (places[j] - places[i + 1]))));
        var size = after - before - (rate * (places[i + 1] - places[i]));
        var nearby = rates.Select(r => Math.Abs(r - rate)).OrderDescending().ElementAtOrDefault(1);
        var isAlone = Math.Abs(change) / (places[i + 1] - places[i]) > Alone * nearby;
        return isAlone && Math.Sign(size) == Math.Sign(change) && Math.Abs(size) > Math.Abs(change) / 2 ? size : null;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static (int[] Places, double[] Values) Known(ReadOnlySpan<double> phase)
    {
        var count = 0;
        foreach (var x in phase)
            count += double.IsNaN(x) ? 0 : 1;
        var (places, values) = (new int[count], new double[count]);
        var next = 0;
        for (var i = 0; i < phase.Length; i++)
        {
            if (!double.IsNaN(phase[i]))
                (places[next], values[next++]) = (i, phase[i]);
        }

        return (places, values);
    }
}
