using System.Globalization;
using Guestclock.Protocols.Chrony;
using Guestclock.Protocols.Ntp;

namespace Guestclock.Testing;

/// <summary>
/// Reads what <c>chronyc -c -n</c> prints (doc/chronyc.adoc), as an independent account of what chronyd replied.
/// Times have 9 digits, ppm 3.
/// </summary>
public static class ChronycCsv
{
    public static ChronyTracking Tracking(string line)
    {
        var f = line.Split(',');
        var isClock = f[1].Length > 0 && !char.IsAsciiDigit(f[1][0]) && !f[1].Contains(':', StringComparison.Ordinal);
        return new(isClock ? f[1] : f[0], isClock ? "" : f[1], Int(f[2]), Array.IndexOf(Leaps, f[13]), Ns(f[3]), Ns(f[4]), Ns(f[5]),
            Ns(f[6]), Number(f[7]), Number(f[8]), Number(f[9]), Ns(f[10]), Ns(f[11]), Number(f[12]));
    }

    public static ChronySource Source(string line)
    {
        var f = line.Split(',');
        return new(f[2], (ChronySourceMode)"^=#".IndexOf(f[0][0]), (ChronySourceState)"*?x~+-".IndexOf(f[1][0]), Int(f[3]), Int(f[4]),
            Convert.ToInt32(f[5], 8), uint.Parse(f[6], CultureInfo.InvariantCulture), Ns(f[7]), Ns(f[9]));
    }

    public static ChronySourceStats SourceStats(string line)
    {
        var f = line.Split(',');
        return new(f[0], Int(f[1]), Int(f[2]), Int(f[3]), Ns(f[7]), Number(f[4]), Number(f[5]), Ns(f[6]), 0);
    }

    public static ChronyActivity Activity(string line)
    {
        var f = line.Split(',');
        return new(Int(f[0]), Int(f[1]), Int(f[2]), Int(f[3]), Int(f[4]));
    }

    /// <summary>Root delay and dispersion have 6 digits there; the flags are printed as three groups of tests and two words.</summary>
    public static ChronyNtpData NtpData(string line)
    {
        var f = line.Split(',');
        var tests = Convert.ToInt32(f[23] + f[24] + f[25], 2);
        return new(f[0], Int(f[2]), Array.IndexOf(Leaps, f[5]), Int(f[6]), Int(f[8]), Ns(f[13]), Ns(f[14]),
            NtpReferenceId.Text(Convert.ToUInt32(f[15], 16), Int(f[8])), Ns(f[18]), Ns(f[19]), Ns(f[20]),
            tests | (f[26] == "Yes" ? 0x4000 : 0) | (f[27] == "Yes" ? 0x8000 : 0), Timestamping(f[28]), Timestamping(f[29]),
            (uint)Int(f[30]), (uint)Int(f[31]), (uint)Int(f[32]));
    }

    /// <summary>What was decoded, cut to the digits that chronyc prints.</summary>
    public static ChronyTracking Rounded(ChronyTracking t) => t with
    {
        FrequencyPpm = Math.Round(t.FrequencyPpm, 3),
        ResidualFrequencyPpm = Math.Round(t.ResidualFrequencyPpm, 3),
        SkewPpm = Math.Round(t.SkewPpm, 3),
        UpdateIntervalS = Math.Round(t.UpdateIntervalS, 1),
    };

    public static ChronySourceStats Rounded(ChronySourceStats s) => s with
    {
        ResidualFrequencyPpm = Math.Round(s.ResidualFrequencyPpm, 3),
        SkewPpm = Math.Round(s.SkewPpm, 3),
        EstimatedOffsetErrorNs = 0,
    };

    public static ChronyNtpData Rounded(ChronyNtpData d) => d with
    {
        RootDelayNs = (long)Math.Round(d.RootDelayNs / 1000.0) * 1000,
        RootDispersionNs = (long)Math.Round(d.RootDispersionNs / 1000.0) * 1000,
    };

    private static readonly string[] Leaps = ["Normal", "Insert second", "Delete second", "Not synchronised"];

    private static string Timestamping(string word) => word == "Invalid" ? "none" : word.ToLowerInvariant();

    private static int Int(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static long Ns(string text) => (long)Math.Round(decimal.Parse(text, CultureInfo.InvariantCulture) * 1_000_000_000m);
}
