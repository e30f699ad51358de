using Guestclock.Formats;

namespace Guestclock.Protocols.Ptp;

/// <summary>
/// struct ptp_sys_offset_precise of linux/ptp_clock.h, 64 bytes: device time at 0, CLOCK_REALTIME at 16, CLOCK_MONOTONIC_RAW at 32, then
/// reserved. Device and system time belong to one value of the CPU's counter.
/// </summary>
public static class PtpSysOffsetPrecise
{
    public const int Size = 64;

    public static byte[] Request() => new byte[Size];

    /// <summary>One sample whose interval is zero.</summary>
    public static PtpSample Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Size)
            throw new MalformedInputException("ptp_sys_offset_precise", $"{Size} bytes", $"{bytes.Length}");
        var system = PtpClockTime.Decode(bytes, PtpClockTime.Size);
        return new(system, PtpClockTime.Decode(bytes, 0), system);
    }
}
