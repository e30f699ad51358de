using System.Buffers.Binary;
using Guestclock.Formats;

namespace Guestclock.Protocols.PvClock;

/// <summary>
/// struct pvclock_vcpu_time_info of arch/x86/include/asm/pvclock-abi.h, 32 bytes, little-endian: version u32 at 0, tsc_timestamp u64 at 8,
/// system_time u64 at 16, tsc_to_system_mul u32 at 24, tsc_shift s8 at 28, flags u8 at 29.
/// </summary>
/// <param name="Version">Odd while the host writes.</param>
/// <param name="TscTimestamp">Guest TSC at the snapshot.</param>
/// <param name="SystemTimeNs">Nanoseconds of the guest's clock at the snapshot.</param>
/// <param name="Multiplier">Nanoseconds per cycle after the shift, as a binary fraction of 32 bits.</param>
/// <param name="Shift">To the left where positive, to the right where negative.</param>
public readonly record struct PvClockPage(uint Version, ulong TscTimestamp, ulong SystemTimeNs, uint Multiplier, sbyte Shift, byte Flags)
{
    public const int Size = 32;

    /// <summary>PVCLOCK_TSC_STABLE_BIT: one conversion for all virtual CPUs.</summary>
    public bool IsStable => (Flags & 1) != 0;

    /// <summary>PVCLOCK_GUEST_STOPPED: the host says that it had paused the guest.</summary>
    public bool WasStopped => (Flags & 2) != 0;

    public PvClockScale Scale => new(Multiplier, Shift);

    /// <summary>True while the host writes: what was read is no snapshot.</summary>
    public bool IsBeingWritten => (Version & 1) != 0;

    /// <summary>The guest's clock in nanoseconds when its TSC reads <paramref name="guestTsc"/>, modulo 2⁶⁴ as in a guest.</summary>
    public ulong NsAt(ulong guestTsc) => unchecked(SystemTimeNs + Scale.ToNs(guestTsc - TscTimestamp));

    /// <summary>The TSC's frequency that the multiplier means, in kHz: <see cref="PvClockScale.TscKhz"/> without its rounding; 0 where the multiplier is 0.</summary>
    public double TscKhz() => Multiplier == 0 ? 0 : 1e6 * 4294967296.0 / Multiplier * Math.Pow(2, -Shift);

    public static PvClockPage Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Size)
            throw new MalformedInputException("pvclock structure", $"{Size} bytes", $"{bytes.Length}");
        return new(BinaryPrimitives.ReadUInt32LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[24..]), unchecked((sbyte)bytes[28]), bytes[29]);
    }
}
