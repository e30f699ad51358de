using System.Buffers.Binary;
using Guestclock.Formats;

namespace Guestclock.Protocols.VmClock;

/// <summary>
/// struct vmclock_abi of linux/vmclock-abi.h, little-endian, up to 112 bytes of a page. Offsets: magic u32 0x00, size u32 0x04, version
/// u16 0x08, counter_id u8 0x0A, time_type u8 0x0B, seq_count u32 0x0C, disruption_marker u64 0x10, flags u64 0x18, clock_status u8
/// 0x22, leap_second_smearing_hint u8 0x23, tai_offset_sec s16 0x24, leap_indicator u8 0x26, counter_period_shift u8 0x27, counter_value
/// u64 0x28,
/// counter_period_frac_sec u64 0x30, time_sec u64 0x48, time_frac_sec u64 0x50.
/// </summary>
/// <param name="Sequence">Even; odd while the hypervisor writes.</param>
/// <param name="DisruptionMarker">Changes whenever the guest's counter was disrupted: after a migration or the restore of a
/// snapshot.</param>
/// <param name="TaiOffsetS">TAI - UTC in seconds as the device states it; null where it does not.</param>
public sealed record VmClockPage(int Version, byte CounterId, byte TimeTypeId, uint Sequence, ulong DisruptionMarker, ulong Flags,
    byte StatusId, int? TaiOffsetS)
{
    /// <summary>The bytes "VCLK".</summary>
    public const uint Magic = 0x4B4C4356;

    /// <summary>The least that a page must hold to be decoded: up to and with leap_indicator and counter_period_shift.</summary>
    public const int LeastSize = 0x28;

    private const ulong TaiOffsetValid = 1;

    /// <summary><c>x86-tsc</c>, <c>arm-vcnt</c>, <c>none</c> or <c>unknown(N)</c>.</summary>
    public string Counter => CounterId switch { 0 => "arm-vcnt", 1 => "x86-tsc", 0xFF => "none", var n => $"unknown({n})" };

    /// <summary><c>utc</c>, <c>tai</c>, <c>monotonic</c>, <c>smeared(N)</c> or <c>unknown(N)</c>.</summary>
    public string TimeType =>
        TimeTypeId switch { 0 => "utc", 1 => "tai", 2 => "monotonic", 3 or 4 => $"smeared({TimeTypeId})", var n => $"unknown({n})" };

    /// <summary>
    /// <c>unknown</c>, <c>initialising</c>, <c>synchronised</c>, <c>free-running</c>, <c>unreliable</c> or <c>unknown(N)</c>.
    /// </summary>
    public string Status => StatusId switch
    {
        0 => "unknown",
        1 => "initialising",
        2 => "synchronised",
        3 => "free-running",
        4 => "unreliable",
        var n => $"unknown({n})",
    };

    /// <summary>
    /// The counter and the time type are usable and the status is not unreliable, so that it is a clock and not only a signal.
    /// </summary>
    public bool OffersTime => CounterId is 0 or 1 && TimeTypeId is 0 or 1 && StatusId != 4;

    /// <summary>The hypervisor says that the counter will be disrupted: 2 within about an hour, 1 within about a day, 0 not.</summary>
    public int DisruptionAhead => (Flags & 4) != 0 ? 2 : (Flags & 2) != 0 ? 1 : 0;

    public static VmClockPage Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < LeastSize)
            throw new MalformedInputException("vmclock page", $"at least {LeastSize} bytes", $"{bytes.Length}");
        var magic = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (magic != Magic)
            throw new MalformedInputException("offset 0", "the magic 4b4c4356", $"{magic:x8}");
        var size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        if (size < LeastSize)
            throw new MalformedInputException("offset 4", $"a size of at least {LeastSize}", $"{size}");
        var version = BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]);
        if (version != 1)
            throw new MalformedInputException("offset 8", "version 1", $"{version}");
        var flags = BinaryPrimitives.ReadUInt64LittleEndian(bytes[0x18..]);
        int? tai = (flags & TaiOffsetValid) != 0 ? BinaryPrimitives.ReadInt16LittleEndian(bytes[0x24..]) : null;
        return new(version, bytes[0x0A], bytes[0x0B], BinaryPrimitives.ReadUInt32LittleEndian(bytes[0x0C..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[0x10..]), flags, bytes[0x22], tai);
    }
}
