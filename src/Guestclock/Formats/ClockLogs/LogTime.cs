namespace Guestclock.Formats.ClockLogs;

/// <summary>Times as daemons write them, in seconds since 1970 (UTC).</summary>
internal static class LogTime
{
    private const double DayS = 86400;

    /// <summary>The modified Julian date of 1970-01-01 (RFC 5905 figure 4: MJD of 1 Jan 1970 is 40587).</summary>
    private const int MjdOf1970 = 40587;

    /// <summary>chrony's pair: <c>2026-11-21</c> and <c>16:41:19</c>, with or without a fraction.</summary>
    public static bool TryParse(ReadOnlySpan<byte> date, ReadOnlySpan<byte> time, out double unixS)
    {
        unixS = 0;
        if (date.Length != 10 || date[4] != '-' || date[7] != '-' || time.Length < 8 || time[2] != ':' || time[5] != ':')
            return false;
        if (!LogNumber.TryParseDigits(date[..4], out var year) || !LogNumber.TryParseDigits(date[5..7], out var month) || !LogNumber.TryParseDigits(date[8..], out var day)
            || !LogNumber.TryParseDigits(time[..2], out var hour) || !LogNumber.TryParseDigits(time[3..5], out var minute) || !LogNumber.TryParse(time[6..], out var second))
            return false;
        // A leap second is second 60.
        if (year is < 1970 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second is not (>= 0 and < 61))
            return false;
        unixS = ((new DateTime(year, month, day).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond) + (hour * 3600) + (minute * 60) + second;
        return true;
    }

    /// <summary>ntpd's pair: modified Julian date, and seconds past midnight.</summary>
    public static bool TryParseMjd(ReadOnlySpan<byte> date, ReadOnlySpan<byte> seconds, out double unixS)
    {
        unixS = 0;
        if (!LogNumber.TryParseDigits(date, out var day) || day is < MjdOf1970 or > 999_999 || !LogNumber.TryParse(seconds, out var second) || second is not (>= 0 and <= DayS))
            return false;
        unixS = OfMjd(day) + second;
        return true;
    }

    public static double OfMjd(double days) => (days - MjdOf1970) * DayS;
}
