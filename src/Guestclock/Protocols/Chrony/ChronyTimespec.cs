using System.Buffers.Binary;
using Guestclock.Formats;

namespace Guestclock.Protocols.Chrony;

/// <summary>
/// A point in time (Timespec in candm.h): seconds of the Unix epoch as two words, u32 high @0 and low @4; nanoseconds u32 @8.
/// </summary>
public static class ChronyTimespec
{
    public const int Bytes = 12;

    /// <summary>Stands for "no high word": the sender has 32-bit seconds (TV_NOHIGHSEC).</summary>
    private const uint NoHigh = 0x7FFF_FFFF;

    /// <summary>Nanoseconds of the Unix epoch; refuses what 64 bits cannot hold (after the year 2262).</summary>
    public static long Decode(ReadOnlySpan<byte> bytes)
    {
        var high = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        var seconds = ((ulong)(high == NoHigh ? 0 : high) << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
        var nanoseconds = BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]);
        if (seconds >= long.MaxValue / 1_000_000_000)
            throw new MalformedInputException("time", "seconds before the year 2262", $"{seconds}");
        if (nanoseconds >= 1_000_000_000)
            throw new MalformedInputException("time", "less than 1000000000 nanoseconds", $"{nanoseconds}");
        return ((long)seconds * 1_000_000_000) + nanoseconds;
    }
}
