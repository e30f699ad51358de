namespace Guestclock.Stability;

/// <summary>The middle of values, found without sorting them all.</summary>
internal static class Median
{
    /// <summary>Of an even number of values the mean of the two in the middle; NaN of none. Reorders the values, of which none is NaN.</summary>
    public static double Of(Span<double> values)
    {
        if (values.IsEmpty)
            return double.NaN;
        var upper = Select(values, values.Length / 2);
        if (values.Length % 2 == 1)
            return upper;
        var lower = double.NegativeInfinity;
        foreach (var value in values[..(values.Length / 2)])
            lower = Math.Max(lower, value);
        return lower + ((upper - lower) / 2);
    }

    /// <summary>Hoare's selection around the median of three; a stretch that shrinks too slowly is sorted, so that no input takes long.</summary>
    private static double Select(Span<double> values, int rank)
    {
        var rounds = 0;
        var (low, high) = (0, values.Length - 1);
        while (low < high)
        {
            if (++rounds > 100)
            {
                values[low..(high + 1)].Sort();
                break;
            }

            var (a, b, c) = (values[low], values[low + ((high - low) / 2)], values[high]);
            var pivot = Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
            var (i, j) = (low, high);
            while (i <= j)
            {
                while (values[i] < pivot)
                    i++;
                while (values[j] > pivot)
                    j--;
                if (i > j)
                    continue;
                (values[i], values[j]) = (values[j], values[i]);
                i++;
                j--;
            }

            if (rank <= j)
                high = j;
            else if (rank >= i)
                low = i;
            else
                break;
        }

        return values[rank];
    }
}
