using System.Buffers.Binary;
using Guestclock.Formats;

namespace Guestclock.Protocols.PvClock;

/// <summary>
/// struct pvclock_wall_clock of arch/x86/include/asm/pvclock-abi.h, 12 bytes, little-endian: version u32 at 0, seconds u32 at 4, nanoseconds u32
/// at 8. It is the UTC at which the guest's clock was zero.
/// </summary>
/// <param name="Version">Odd while the host writes.</param>
/// <param name="Seconds">Since 1970; 32 bits without a sign, so that they end in February 2106.</param>
public readonly record struct PvWallClock(uint Version, uint Seconds, uint Nanoseconds)
{
    public const int Size = 12;

    public static PvWallClock Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Size)
            throw new MalformedInputException("pvclock wall clock", $"{Size} bytes", $"{bytes.Length}");
        var nanoseconds = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (nanoseconds >= 1_000_000_000)
            throw new MalformedInputException("pvclock wall clock, offset 8", "nanoseconds below a second", $"{nanoseconds}");
        return new(BinaryPrimitives.ReadUInt32LittleEndian(bytes), BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]), nanoseconds);
    }

    /// <summary>Nanoseconds since 1970 at which the guest's clock was zero.</summary>
    public long EpochNs => (Seconds * 1_000_000_000L) + Nanoseconds;
}
