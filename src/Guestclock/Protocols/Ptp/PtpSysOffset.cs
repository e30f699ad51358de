using System.Buffers.Binary;
using Guestclock.Formats;

namespace Guestclock.Protocols.Ptp;

/// <summary>
/// struct ptp_sys_offset of linux/ptp_clock.h, 832 bytes: n_samples u32 at 0, reserved u32[3], then 51 times of 16 bytes from 16 on
/// in the order system, PHC, system, PHC … system (2n + 1 are filled).
/// </summary>
public static class PtpSysOffset
{
    public const int Size = 832;
    private const int Times = 16;

    /// <summary>The argument that asks for <paramref name="samples"/> samples.</summary>
    public static byte[] Request(int samples)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples, PtpIoctl.MaxSamples);
        var bytes = new byte[Size];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)samples);
        return bytes;
    }

    public static IReadOnlyList<PtpSample> Decode(ReadOnlySpan<byte> bytes)
    {
        var count = PtpReply.Count(bytes, Size);
        var samples = new PtpSample[count];
        for (var i = 0; i < count; i++)
        {
            var at = Times + (2 * i * PtpClockTime.Size);
            samples[i] = new(PtpClockTime.Decode(bytes, at), PtpClockTime.Decode(bytes, at + PtpClockTime.Size),
                PtpClockTime.Decode(bytes, at + (2 * PtpClockTime.Size)));
        }

        return samples;
    }
}

/// <summary>What the replies with a count of samples share.</summary>
internal static class PtpReply
{
    /// <summary>n_samples at 0, within what the structure holds.</summary>
    public static int Count(ReadOnlySpan<byte> bytes, int size)
    {
        if (bytes.Length < size)
            throw new MalformedInputException("PTP reply", $"{size} bytes", $"{bytes.Length}");
        var count = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (count is 0 or > PtpIoctl.MaxSamples)
            throw new MalformedInputException("offset 0", $"1 to {PtpIoctl.MaxSamples} samples", $"{count}");
        return (int)count;
    }
}
