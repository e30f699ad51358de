using System.Buffers.Binary;
using Guestclock.Formats;

namespace Guestclock.Protocols.Ptp;

/// <summary>
/// struct ptp_clock_time of linux/ptp_clock.h, 16 bytes: sec s64 at 0, nsec u32 at 8, reserved u32 at 12; the sign of sec is that of the
/// whole.
/// </summary>
public static class PtpClockTime
{
    public const int Size = 16;

    /// <summary>Seconds beyond which a time is refused (about 127 years from 1970), so that differences of two times always fit.</summary>
    public const long MaxSeconds = 4_000_000_000;

    /// <summary>Nanoseconds since the epoch of the clock that was read.</summary>
    public static long Decode(ReadOnlySpan<byte> bytes, int offset)
    {
        var seconds = BinaryPrimitives.ReadInt64LittleEndian(bytes[offset..]);
        var nanoseconds = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(offset + 8)..]);
        if (seconds is < -MaxSeconds or > MaxSeconds)
            throw new MalformedInputException($"offset {offset}", $"seconds within ±{MaxSeconds}", $"{seconds}");
        if (nanoseconds >= 1_000_000_000)
            throw new MalformedInputException($"offset {offset + 8}", "nanoseconds below 1000000000", $"{nanoseconds}");
        return (seconds * 1_000_000_000) + nanoseconds;
    }
}
