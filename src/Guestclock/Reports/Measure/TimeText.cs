using System.Globalization;

namespace Guestclock.Reports.Measure;

/// <summary>Instants of CLOCK_REALTIME, in UTC.</summary>
public static class TimeText
{
    /// <summary><c>2026-11-21T16:40:03.123456789Z</c>; a time before 1970 or after 9999 is its number of nanoseconds.</summary>
    public static string Iso(long unixNs) =>
        unixNs < 0 ? unixNs.ToString(CultureInfo.InvariantCulture) : $"{At(unixNs):yyyy-MM-dd'T'HH:mm:ss}.{unixNs % 1_000_000_000:000000000}Z";

    /// <summary><c>16:40:03.123</c>.</summary>
    public static string OfDay(long unixNs) => At(Math.Max(0, unixNs)).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary><c>2026-11-21</c>.</summary>
    public static string Date(long unixNs) => At(Math.Max(0, unixNs)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // 64 bits of nanoseconds end in 2262.
    private static DateTime At(long unixNs) => DateTime.UnixEpoch.AddTicks(unixNs / 100);
}
