namespace Guestclock.Reports.Plot;

/// <summary>A linear axis over pixels, with ticks at 1, 2 or 5 times a power of ten.</summary>
public sealed class LinearAxis
{
    private readonly double _low;
    private readonly double _high;
    private readonly double _from;
    private readonly double _to;

    /// <param name="low">At <paramref name="fromPixel"/>, which may be larger than <paramref name="toPixel"/>; where both ends are one, there is some room around it.</param>
    public LinearAxis(double low, double high, double fromPixel, double toPixel)
    {
        var room = high > low ? 0 : Math.Max(1, Math.Abs(low) * 1e-9);
        (_low, _high, _from, _to) = (low - room, high + room, fromPixel, toPixel);
    }

    /// <summary>The pixel of a value; what lies beyond the axis stands at its end.</summary>
    public double At(double value) => _from + (Math.Clamp((value - _low) / (_high - _low), 0, 1) * (_to - _from));

    /// <summary>About as many round values as asked for, and the step between them.</summary>
    public (IReadOnlyList<double> Values, double Step) Ticks(int about)
    {
        var rough = (_high - _low) / about;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * ((rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
        var first = Math.Ceiling(_low / step);
        var count = (int)Math.Min(100, Math.Floor(_high / step) - first + 1);
        return ([.. Enumerable.Range(0, Math.Max(0, count)).Select(i => (first + i) * step)], step);
    }
}
