using System.Globalization;
using Guestclock.Units;

namespace Guestclock.Trials;

/// <summary>Measured numbers in sentences.</summary>
internal static class Say
{
    /// <summary><c>-1.25 ms ± 3.00 µs</c>.</summary>
    public static string Ns(long value, long? bound = null) => bound is { } b ? $"{new Nanoseconds(value)} ± {new Nanoseconds(b)}" : new Nanoseconds(value).ToString();

    /// <summary>A relative error, given in parts per billion: <c>12 ppb ± 40 ppb</c>, <c>-3.4 ppm ± 0.2 ppm</c>.</summary>
    public static string Ppb(double value, double? bound = null)
    {
        var isSmall = Math.Abs(value) < 1000 && (bound ?? 0) < 1000;
        return bound is { } b ? $"{One(value, isSmall)} ± {One(b, isSmall)}" : One(value, isSmall);
    }

    public static string Khz(double value) => value.ToString("0.##", CultureInfo.InvariantCulture) + " kHz";

    /// <summary><c>vCPU</c> or <c>vCPUs</c> behind their number.</summary>
    public static string Count(long number, string one) => string.Create(CultureInfo.InvariantCulture, $"{number} {one}{(number == 1 ? "" : "s")}");

    private static string One(double ppb, bool isSmall) => isSmall
        ? ppb.ToString("0", CultureInfo.InvariantCulture) + " ppb"
        : (ppb / 1000).ToString("0.0", CultureInfo.InvariantCulture) + " ppm";
}
