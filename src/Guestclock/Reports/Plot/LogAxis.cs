namespace Guestclock.Reports.Plot;

/// <summary>A logarithmic axis over pixels, from one power of ten to another.</summary>
public sealed class LogAxis
{
    private const int MostTicks = 12;

    private readonly Func<int, string> _nameOf;
    private readonly int _low;
    private readonly int _high;
    private readonly double _from;
    private readonly double _to;

    /// <param name="low">Positive; the axis begins at the power of ten at or below it.</param>
    /// <param name="fromPixel">Where it begins; may be larger than <paramref name="toPixel"/>.</param>
    /// <param name="nameOf">What a power of ten is called; <see cref="DecadeName"/> knows some.</param>
    public LogAxis(double low, double high, double fromPixel, double toPixel, Func<int, string> nameOf)
    {
        _low = (int)Math.Floor(Math.Log10(low));
        _high = Math.Max(_low + 1, (int)Math.Ceiling(Math.Log10(high)));
        (_from, _to) = (fromPixel, toPixel);
        _nameOf = nameOf;
    }

    /// <summary>Each power of ten, with its name; every second one, or fewer, where there are many.</summary>
    public IEnumerable<(double Pixel, string Name)> Ticks()
    {
        var stride = ((_high - _low) / MostTicks) + 1;
        for (var power = _low; power <= _high; power += stride)
            yield return (AtPower(power), _nameOf(power));
    }

    /// <summary>The pixel of a value; what lies beyond the axis stands at its end.</summary>
    public double At(double value) => AtPower(value > 0 ? Math.Log10(value) : _low);

    private double AtPower(double power) => _from + (Math.Clamp((power - _low) / (_high - _low), 0, 1) * (_to - _from));
}
