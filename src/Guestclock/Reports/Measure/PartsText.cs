using Guestclock.Measuring;
using Guestclock.Units;

namespace Guestclock.Reports.Measure;

/// <summary>What a bound is made of, the largest part first: <c>round-trip 250 µs + root-distance 12 µs</c>.</summary>
public static class PartsText
{
    public static string Of(IReadOnlyList<BoundPart> parts) =>
        string.Join(" + ", parts.Where(p => p.Ns > 0).OrderByDescending(p => p.Ns).Select(p => $"{p.Name} {new Nanoseconds(p.Ns)}"));
}
