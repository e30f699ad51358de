using System.Buffers.Binary;
using Guestclock.Formats;

namespace Guestclock.Protocols.Ptp;

/// <summary>
/// struct ptp_clock_caps of linux/ptp_clock.h, 80 bytes of s32: max_adj at 0, n_alarm 4, n_ext_ts 8, n_per_out 12, pps 16, n_pins 20,
/// cross_timestamping 24, adjust_phase 28, then reserved.
/// </summary>
/// <param name="MaxAdjustPpb">The largest frequency adjustment in parts per billion; 0: the clock cannot be steered, as those of
/// hypervisors.</param>
/// <param name="CrossTimestamping">The driver has the precise method; it may still refuse with the current clock source.</param>
public sealed record PtpCaps(int MaxAdjustPpb, bool CrossTimestamping)
{
    public const int Size = 80;

    public static PtpCaps Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Size)
            throw new MalformedInputException("ptp_clock_caps", $"{Size} bytes", $"{bytes.Length}");
        return new(BinaryPrimitives.ReadInt32LittleEndian(bytes), BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]) != 0);
    }
}
