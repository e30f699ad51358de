namespace Guestclock.Formats;

/// <summary>Finds what somebody who made a typing mistake meant.</summary>
public static class Nearest
{
    /// <summary>" (did you mean X?)", or nothing when no candidate is near.</summary>
    public static string Hint(string word, IEnumerable<string> candidates)
    {
        var (best, distance) = ("", int.MaxValue);
        foreach (var candidate in candidates)
        {
            var d = Distance(word, candidate);
            if (d < distance)
                (best, distance) = (candidate, d);
        }

        if (distance > Math.Max(2, word.Length / 3))
            best = word.Length > 2 ? candidates.FirstOrDefault(c => c.StartsWith(word, StringComparison.Ordinal)) ?? "" : "";
        return best.Length > 0 ? $" (did you mean {best}?)" : "";
    }

    /// <summary>Levenshtein's distance: the least number of inserted, deleted and replaced characters.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j - 1], diagonal) + 1);
            }
        }

        return row[b.Length];
    }
}
