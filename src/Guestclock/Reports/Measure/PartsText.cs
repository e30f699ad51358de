using Guestclock.Measuring;
using Guestclock.Units;

namespace Guestclock.Reports.Measure;

/// <summary>What a bound is made of, the largest part first: <c>round-trip 250 µs + root-distance 12 µs</c>.</summary>
public static class PartsText
{
    public static string Of(IReadOnlyList<BoundPart> parts) =>
        string.Join(" + ", parts.Where(p => p.Ns > 0).OrderByDescending(p => p.Ns).Select(p => $"{p.Name} {new Nanoseconds(p.Ns)}"));

    /// <summary>As many of the largest parts as there is room for; those below a hundredth of the bound are not told of.</summary>
    public static string Fitting(IReadOnlyList<BoundPart> parts, int room)
    {
        var least = parts.Sum(p => p.Ns) / 100;
        List<BoundPart> largest = [.. parts.Where(p => p.Ns > least).OrderByDescending(p => p.Ns)];
        for (var count = largest.Count; count > 0; count--)
        {
            var text = Of([.. largest.Take(count)]) + (count < largest.Count ? " + …" : "");
            if (text.Length <= room)
                return text;
        }

        return "";
    }
}
