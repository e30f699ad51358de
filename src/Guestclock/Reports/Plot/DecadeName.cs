using System.Globalization;

namespace Guestclock.Reports.Plot;

/// <summary>What a power of ten of some unit is called.</summary>
public static class DecadeName
{
    private static readonly string[] Units = ["fs", "ps", "ns", "µs", "ms", "s"];

    public static string OfNanoseconds(int power) => OfSeconds(power - 9);

    /// <summary><c>100 µs</c>, <c>10 s</c>, <c>1000 s</c>; beyond these <c>1e5 s</c>.</summary>
    public static string OfSeconds(int power)
    {
        var unit = Math.Min(Units.Length - 1, (int)Math.Floor((power + 15) / 3.0));
        var rest = power + 15 - (3 * unit);
        return unit < 0 || rest > 4 ? $"{OfNumber(power)} s" : string.Create(CultureInfo.InvariantCulture, $"{Math.Pow(10, rest):0} {Units[unit]}");
    }

    /// <summary><c>1e-9</c>.</summary>
    public static string OfNumber(int power) => string.Create(CultureInfo.InvariantCulture, $"1e{power}");
}
