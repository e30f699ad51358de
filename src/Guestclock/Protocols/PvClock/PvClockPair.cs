using System.Buffers.Binary;
using Guestclock.Formats;

namespace Guestclock.Protocols.PvClock;

/// <summary>
/// struct kvm_clock_pairing of Documentation/virt/kvm/x86/hypercalls.rst, 64 bytes, little-endian: seconds s64 at 0, nanoseconds s64 at 8, TSC
/// u64 at 16, flags u32 at 24.
/// </summary>
/// <param name="RealtimeNs">The host's CLOCK_REALTIME, nanoseconds since 1970.</param>
/// <param name="GuestTsc">The guest's TSC at that instant.</param>
public readonly record struct PvClockPair(long RealtimeNs, ulong GuestTsc)
{
    public const int Size = 64;

    // Beyond it nanoseconds since 1970 do not fit in 64 bits.
    private const long MostSeconds = 9_000_000_000;

    public static PvClockPair Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Size)
            throw new MalformedInputException("clock pair", $"{Size} bytes", $"{bytes.Length}");
        var seconds = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var nanoseconds = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
        if (seconds is < 0 or > MostSeconds)
            throw new MalformedInputException("clock pair, offset 0", "seconds since 1970", $"{seconds}");
        if (nanoseconds is < 0 or >= 1_000_000_000)
            throw new MalformedInputException("clock pair, offset 8", "nanoseconds below a second", $"{nanoseconds}");
        return new((seconds * 1_000_000_000) + nanoseconds, BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]));
    }
}
