using System.Globalization;
using Guestclock.Units;

namespace Guestclock.Lab.Reports;

/// <summary>Numbers of the lab as people read them.</summary>
internal static class LabWords
{
    public const string None = "-";

    public static string Duration(long? ns) => ns is { } value ? new Nanoseconds(value).ToString() : None;

    /// <summary>A time to reach something; where it was never reached, how long it was watched.</summary>
    public static string TimeTo(long? ns, long watchedNs) => ns is null ? $"> {Whole(watchedNs)}" : Duration(ns);

    /// <summary>With its sign, also where it is positive: guest − host.</summary>
    public static string Signed(long? ns) => ns is { } value ? (value > 0 ? "+" : "") + Duration(value) : None;

    /// <summary>An offset and its bound in the unit of the larger one: <c>-0.31±0.40 ms</c>.</summary>
    public static string Pair(long? offsetNs, long? boundNs)
    {
        if (offsetNs is not { } offset || boundNs is not { } bound)
            return Signed(offsetNs);
        var (divisor, unit) = Math.Max(Math.Abs((double)offset), bound) switch
        {
            < 100e3 => (1e3, "µs"),
            < 1e9 => (1e6, "ms"),
            _ => (1e9, "s"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{(offset > 0 ? "+" : "")}{Scaled(offset / divisor)}±{Scaled(bound / divisor)} {unit}");
    }

    /// <summary>Whole seconds, or what else fits: for limits that people have chosen.</summary>
    public static string Whole(long ns) =>
        ns >= 1_000_000_000 ? string.Create(CultureInfo.InvariantCulture, $"{ns / 1_000_000_000} s") : Duration(ns);

    private static string Scaled(double value) =>
        value.ToString(Math.Abs(value) < 9.995 ? "0.00" : Math.Abs(value) < 99.95 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
