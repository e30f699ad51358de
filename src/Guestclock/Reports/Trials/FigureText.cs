using System.Globalization;
using Guestclock.Trials;
using Guestclock.Units;

namespace Guestclock.Reports.Trials;

/// <summary>A figure for people: three significant digits more than its bound needs are noise, and 1003421233 ns is 1.00 s.</summary>
internal static class FigureText
{
    /// <summary>Number and unit, for columns.</summary>
    public static (string Number, string Unit) Of(double value, string unit)
    {
        if (unit == "ns" && Math.Abs(value) is >= 100 and < 9e18)
        {
            var text = new Nanoseconds((long)Math.Round(value)).ToString();
            var blank = text.IndexOf(' ', StringComparison.Ordinal);
            return (text[..blank], text[(blank + 1)..]);
        }

        return (Number(value, unit), unit);
    }

    /// <summary>In a sentence: <c>-1.25 ms ± 3 µs</c>.</summary>
    public static string Sentence(Figure figure)
    {
        var (number, unit) = Of(figure.Value, figure.Unit);
        return $"{number} {unit}".TrimEnd() + Bound(figure);
    }

    /// <summary><c> ± 3 µs</c>, or nothing.</summary>
    public static string Bound(Figure figure)
    {
        if (figure.Bound is not { } bound)
            return "";
        var (number, unit) = Of(bound, figure.Unit);
        return $" ± {number} {unit}".TrimEnd();
    }

    // Frequencies and counts are whole or exact as they are; of the others, small ones need their decimals.
    private static string Number(double value, string unit) => (unit, Math.Abs(value)) switch
    {
        // Else a very small negative number would be -0.
        (_, < 0.0005) => "0",
        _ when value == Math.Truncate(value) && Math.Abs(value) < 1e15 => value.ToString("0", CultureInfo.InvariantCulture),
        ("kHz" or "Hz", _) => value.ToString("0.###", CultureInfo.InvariantCulture),
        (_, < 1) => value.ToString("0.###", CultureInfo.InvariantCulture),
        (_, < 100) => value.ToString("0.0", CultureInfo.InvariantCulture),
        (_, < 1e15) => value.ToString("0", CultureInfo.InvariantCulture),
        _ => value.ToString("G4", CultureInfo.InvariantCulture),
    };
}
