using System.Globalization;
using Guestclock.Units;

namespace Guestclock.Reports.Measure;

/// <summary>Offsets for people: with a sign, and as many digits as their bound makes meaningful.</summary>
public static class OffsetText
{
    private static readonly (double Ns, string Unit)[] Units = [(1, "ns"), (1e3, "µs"), (1e6, "ms"), (1e9, "s")];

    /// <summary><c>+12.345 µs ± 18 ns</c>: the last digit of the offset is worth a tenth of the bound at most, and there are three at least.</summary>
    public static string Of(long offsetNs, long boundNs) => $"{WithSign(offsetNs, boundNs)} ± {new Nanoseconds(boundNs)}";

    /// <param name="resolutionNs">What the last digits may leave out: a bound, a spread.</param>
    public static string WithSign(double ns, double resolutionNs)
    {
        var magnitude = Math.Abs(ns);
        // Nobody wants a day in seconds.
        if (magnitude >= 86400e9)
            return Sign(ns) + new Nanoseconds((long)Math.Min(magnitude, long.MaxValue / 2));
        var (unitNs, unit) = Units.Last(u => u.Ns == 1 || magnitude >= u.Ns);
        var digits = Math.Max(0, (int)Math.Ceiling(Math.Log10(unitNs / Math.Max(resolutionNs, 1)) + 1));
        var least = (magnitude / unitNs) switch { _ when unitNs == 1 => 0, < 10 => 2, < 100 => 1, _ => 0 };
        var most = (int)Math.Log10(unitNs);
        return Sign(ns) + (magnitude / unitNs).ToString($"F{Math.Min(Math.Max(digits, least), most)}", CultureInfo.InvariantCulture) + " " + unit;
    }

    /// <summary>A length, such as a spread: three digits.</summary>
    public static string Length(double ns) => ns < 10 ? $"{ns.ToString("0.0", CultureInfo.InvariantCulture)} ns" : new Nanoseconds((long)Math.Min(ns, long.MaxValue / 2)).ToString();

    private static string Sign(double ns) => ns < 0 ? "-" : "+";
}
