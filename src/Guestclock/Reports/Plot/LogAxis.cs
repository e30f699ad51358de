using Guestclock.Units;

namespace Guestclock.Reports.Plot;

/// <summary>A logarithmic axis of nanoseconds over pixels, from one power of ten to another.</summary>
public sealed class LogAxis
{
    private readonly int _low;
    private readonly int _high;
    private readonly double _from;
    private readonly double _to;

    /// <param name="lowNs">Positive; the axis begins at the power of ten at or below it.</param>
    /// <param name="fromPixel">Where it begins; may be larger than <paramref name="toPixel"/>.</param>
    public LogAxis(long lowNs, long highNs, double fromPixel, double toPixel)
    {
        _low = (int)Math.Floor(Math.Log10(lowNs));
        _high = Math.Max(_low + 1, (int)Math.Ceiling(Math.Log10(highNs)));
        (_from, _to) = (fromPixel, toPixel);
    }

    /// <summary>Each power of ten, with its name.</summary>
    public IEnumerable<(double Pixel, string Name)> Ticks()
    {
        for (var power = _low; power <= _high; power++)
        {
            var ns = (long)Math.Pow(10, power);
            yield return (At(ns), Name(ns));
        }
    }

    /// <summary>The pixel of a value; what lies beyond the axis stands at its end.</summary>
    public double At(double ns)
    {
        var share = (Math.Log10(Math.Max(ns, 1)) - _low) / (_high - _low);
        return _from + (Math.Clamp(share, 0, 1) * (_to - _from));
    }

    private static string Name(long ns) => ns switch
    {
        < 1_000 => $"{ns} ns",
        < 1_000_000 => $"{ns / 1_000} µs",
        < 1_000_000_000 => $"{ns / 1_000_000} ms",
        < 1_000_000_000_000_000 => $"{ns / 1_000_000_000} s",
        _ => new Nanoseconds(ns).ToString(),
    };
}
