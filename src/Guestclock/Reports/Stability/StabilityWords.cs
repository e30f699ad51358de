using System.Globalization;
using Guestclock.Stability;

namespace Guestclock.Reports.Stability;

/// <summary>How values of stability are written for people.</summary>
internal static class StabilityWords
{
    private static readonly (double From, double Unit, string Name)[] Units = [(1, 1, "s"), (1e-3, 1e-3, "ms"), (1e-6, 1e-6, "µs"), (1e-9, 1e-9, "ns"), (0, 1e-12, "ps")];

    /// <summary>Four digits: <c>3.214 µs</c> for times, <c>3.214e-09</c> for frequencies.</summary>
    public static string Value(Statistic statistic, double value) => StabilityReport.IsTime(statistic) ? Seconds(value) : Number(value);

    public static string Number(double value) => value.ToString("0.000e+00", CultureInfo.InvariantCulture);

    /// <summary>Four digits with the unit that fits; the sign as it is.</summary>
    public static string Seconds(double seconds)
    {
        var size = Math.Abs(seconds);
        if (size >= 1e6)
            return $"{Number(seconds)} s";
        // What rounds up to the next unit has it.
        var (_, unit, name) = size == 0 ? Units[0] : Units.First(u => size * 1.00005 >= u.From);
        var scaled = seconds / unit;
        var digits = Math.Abs(scaled) switch { < 9.9995 => "0.000", < 99.995 => "0.00", < 999.95 => "0.0", _ => "0" };
        return $"{(size == 0 ? "0" : scaled.ToString(digits, CultureInfo.InvariantCulture))} {name}";
    }

    /// <summary>What the n-th series is called where there are several: A, B, ... Z, AA, AB, ...</summary>
    public static string Letter(int index) => index < 26 ? ((char)('A' + index)).ToString() : Letter((index / 26) - 1) + (char)('A' + (index % 26));

    public static string SignedSeconds(double seconds) => (seconds > 0 ? "+" : "") + Seconds(seconds);

    /// <summary>Averaging times are told in seconds: <c>0.25</c>, <c>64.65</c>, <c>1034.3</c>.</summary>
    public static string Tau(double seconds) => seconds >= 1e5 ? seconds.ToString("0", CultureInfo.InvariantCulture) : seconds.ToString("G5", CultureInfo.InvariantCulture);

    public static string Noise(NoiseType noise) => noise switch
    {
        NoiseType.WhitePm => "white PM",
        NoiseType.FlickerPm => "flicker PM",
        NoiseType.WhiteFm => "white FM",
        NoiseType.FlickerFm => "flicker FM",
        NoiseType.RandomWalkFm => "random walk FM",
        NoiseType.FlickerWalkFm => "flicker walk FM",
        NoiseType.RandomRunFm => "random run FM",
        _ => "",
    };

    /// <summary>What a statistic is, for a heading.</summary>
    public static string Title(Statistic statistic) => statistic switch
    {
        Statistic.Adev => "Allan deviation",
        Statistic.Oadev => "overlapping Allan deviation",
        Statistic.Mdev => "modified Allan deviation",
        Statistic.Tdev => "time deviation",
        Statistic.Hdev => "Hadamard deviation",
        Statistic.Ohdev => "overlapping Hadamard deviation",
        Statistic.Totdev => "total deviation",
        Statistic.Mtie => "maximum time interval error",
        _ => "root mean square time interval error",
    };
}
