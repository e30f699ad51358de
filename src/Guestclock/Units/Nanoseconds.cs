using System.Globalization;

namespace Guestclock.Units;

/// <summary>A span of time in whole nanoseconds; the sign says the direction, which the name of the variable explains.</summary>
public readonly record struct Nanoseconds(long Value) : IComparable<Nanoseconds>
{
    public static Nanoseconds Zero => default;

    public Nanoseconds Magnitude => new(Math.Abs(Value));

    public double TotalSeconds => Value / 1e9;

    public static Nanoseconds FromSeconds(double seconds)
    {
        if (!double.IsFinite(seconds) || Math.Abs(seconds) > 9.2e9)
            throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "seconds must be finite and within 292 years");
        return new((long)Math.Round(seconds * 1e9));
    }

    public static Nanoseconds FromMilliseconds(long milliseconds) => new(milliseconds * 1_000_000);

    public static Nanoseconds operator +(Nanoseconds a, Nanoseconds b) => new(a.Value + b.Value);

    public static Nanoseconds operator -(Nanoseconds a, Nanoseconds b) => new(a.Value - b.Value);

    public static Nanoseconds operator -(Nanoseconds a) => new(-a.Value);

    public static bool operator <(Nanoseconds a, Nanoseconds b) => a.Value < b.Value;

    public static bool operator >(Nanoseconds a, Nanoseconds b) => a.Value > b.Value;

    public static bool operator <=(Nanoseconds a, Nanoseconds b) => a.Value <= b.Value;

    public static bool operator >=(Nanoseconds a, Nanoseconds b) => a.Value >= b.Value;

    public int CompareTo(Nanoseconds other) => Value.CompareTo(other.Value);

    /// <summary>Three significant digits with the unit that fits: <c>812 ns</c>, <c>-1.25 ms</c>, <c>20.0 s</c>, <c>3.5 d</c>.</summary>
    public override string ToString()
    {
        var magnitude = Math.Abs((double)Value);
        // Each limit is where three digits would round up to the next unit.
        var (divisor, unit) = magnitude switch
        {
            < 1e3 => (1.0, "ns"),
            < 999.5e3 => (1e3, "µs"),
            < 999.5e6 => (1e6, "ms"),
            < 3599.5e9 => (1e9, "s"),
            < 172800e9 => (3600e9, "h"),
            _ => (86400e9, "d"),
        };
        if (unit == "ns")
            return Value.ToString(CultureInfo.InvariantCulture) + " ns";
        var scaled = Value / divisor;
        var digits = Math.Abs(scaled) switch { < 9.995 => "0.00", < 99.95 => "0.0", _ => "0" };
        return scaled.ToString(digits, CultureInfo.InvariantCulture) + " " + unit;
    }
}
