using Guestclock.Measuring;
using Guestclock.Measuring.Runs;

namespace Guestclock.Reports.Measure;

/// <summary>The units and ends of a plot's axes.</summary>
/// <param name="BaseNs">What is taken off each offset; 0 unless the offsets are large and differ little.</param>
/// <param name="Low">Lower end of the axis, in <paramref name="Unit"/> beyond the base.</param>
/// <param name="IsBoundShown">Whether the bounds fit in.</param>
internal sealed record PlotScale(double BaseNs, double Low, double High, double UnitNs, string Unit, double TimeUnitNs, string TimeUnit, bool IsBoundShown)
{
    /// <summary>Bounds so much wider than what the offsets differ by would make a flat line of them.</summary>
    private const double WidestBounds = 20;

    private static readonly (double Ns, string Name)[] OffsetUnits = [(1, "ns"), (1e3, "µs"), (1e6, "ms"), (1e9, "s")];
    private static readonly (double Ns, string Name)[] TimeUnits = [(1e9, "s"), (60e9, "min"), (3600e9, "h"), (86400e9, "d")];

    public double ValueOf(double offsetNs) => (offsetNs - BaseNs) / UnitNs;

    /// <param name="entries">One of them has a sample.</param>
    public static PlotScale Of(IReadOnlyList<MeasureEntry> entries)
    {
        List<OffsetSample> samples = [.. entries.Where(e => e.Sample is not null).Select(e => e.Sample!)];
        var (low, high) = ((double)samples.Min(s => s.OffsetNs), (double)samples.Max(s => s.OffsetNs));
        var (lowest, highest) = (samples.Min(s => (double)s.OffsetNs - s.BoundNs), samples.Max(s => (double)s.OffsetNs + s.BoundNs));
        var isBoundShown = high <= low || highest - lowest <= WidestBounds * (high - low);
        if (isBoundShown)
            (low, high) = (lowest, highest);
        var room = Math.Max(1, (high - low) * 0.06);
        (low, high) = (low - room, high + room);
        var middle = (low + high) / 2;
        var baseNs = Math.Abs(middle) > 100 * (high - low) ? Math.Round(middle) : 0;
        var largest = Math.Max(Math.Abs(low - baseNs), Math.Abs(high - baseNs));
        var (unitNs, unit) = OffsetUnits.Last(u => u.Ns == 1 || u.Ns * 2 <= largest);
        var spanNs = entries[^1].AtRawNs - entries[0].AtRawNs;
        var (timeNs, time) = TimeUnits.Last(u => u.Ns == 1e9 || u.Ns * 3 <= spanNs);
        return new(baseNs, (low - baseNs) / unitNs, (high - baseNs) / unitNs, unitNs, unit, timeNs, time, isBoundShown);
    }
}
