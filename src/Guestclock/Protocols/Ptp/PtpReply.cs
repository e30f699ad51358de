using System.Buffers.Binary;
using Guestclock.Formats;

namespace Guestclock.Protocols.Ptp;

/// <summary>What the two structures with a count of samples share: n_samples u32 at 0, times of 16 bytes from 16 on.</summary>
internal static class PtpReply
{
    private const int Times = 16;

    /// <summary>The argument of <paramref name="size"/> bytes that asks for <paramref name="samples"/> samples against CLOCK_REALTIME.</summary>
    public static byte[] Request(int size, int samples)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples, PtpIoctl.MaxSamples);
        var bytes = new byte[size];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)samples);
        return bytes;
    }

    /// <param name="step">From one sample to the next, in times: 2 where a time ends one sample and begins the next, 3 where it does not.</param>
    public static IReadOnlyList<PtpSample> Decode(ReadOnlySpan<byte> bytes, int size, int step)
    {
        if (bytes.Length < size)
            throw new MalformedInputException("PTP reply", $"{size} bytes", $"{bytes.Length}");
        var count = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (count is 0 or > PtpIoctl.MaxSamples)
            throw new MalformedInputException("offset 0", $"1 to {PtpIoctl.MaxSamples} samples", $"{count}");
        var samples = new PtpSample[count];
        for (var i = 0; i < samples.Length; i++)
        {
            var at = Times + (step * i * PtpClockTime.Size);
            samples[i] = new(PtpClockTime.Decode(bytes, at), PtpClockTime.Decode(bytes, at + PtpClockTime.Size),
                PtpClockTime.Decode(bytes, at + (2 * PtpClockTime.Size)));
        }

        return samples;
    }
}
