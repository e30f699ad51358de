using System.Buffers.Binary;
using Guestclock.Formats;

namespace Guestclock.Protocols.Ntp;

/// <summary>
/// The header of an NTP packet (RFC 5905 section 7.3), 48 bytes, big-endian: leap (2 bits), version (3), mode (3) @0; stratum u8 @1; poll
/// s8 @2; precision s8 @3; root delay 16.16 @4; root dispersion 16.16 @8; reference id @12; timestamps: reference @16, origin @24,
/// receive @32, transmit @40. Extensions and a MAC may follow.
/// </summary>
/// <param name="PrecisionLog2S">Precision of the sender's clock as a power of two, in seconds.</param>
/// <param name="RootDelayNs">Round trip from the sender to its primary source.</param>
public readonly record struct NtpPacket(
    int Leap, int Version, int Mode, int Stratum, int PrecisionLog2S, long RootDelayNs, long RootDispersionNs, uint ReferenceId,
    NtpTimestamp Origin, NtpTimestamp Receive, NtpTimestamp Transmit)
{
    public const int Bytes = 48;

    public const int ModeClient = 3;
    public const int ModeServer = 4;

    /// <summary>Precision of the sender's clock, between 0 and 16 s.</summary>
    public long PrecisionNs => (long)(Math.ScaleB(1, Math.Clamp(PrecisionLog2S, -32, 4)) * 1e9);

    /// <summary>How far the sender may be from its primary source: half of the round trip and the dispersion.</summary>
    public long RootDistanceNs => (RootDelayNs / 2) + RootDispersionNs;

    public static NtpPacket Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Bytes)
            throw new MalformedInputException("NTP packet", $"at least {Bytes} bytes", $"{bytes.Length}");
        return new(
            bytes[0] >> 6,
            (bytes[0] >> 3) & 7,
            bytes[0] & 7,
            Stratum: bytes[1],
            PrecisionLog2S: unchecked((sbyte)bytes[3]),
            RootDelayNs: ShortNs(bytes[4..]),
            RootDispersionNs: ShortNs(bytes[8..]),
            ReferenceId: BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]),
            Origin: Timestamp(bytes[24..]),
            Receive: Timestamp(bytes[32..]),
            Transmit: Timestamp(bytes[40..]));
    }

    /// <summary>
    /// A client's question of version 4. Its transmit timestamp is a random number, not the time: the server only copies it to the origin
    /// of its answer, so it tells nothing of our clock and cannot be guessed by one who forges answers.
    /// </summary>
    public static byte[] Question(ulong random)
    {
        var request = new byte[Bytes];
        request[0] = (4 << 3) | ModeClient;
        BinaryPrimitives.WriteUInt64BigEndian(request.AsSpan(40), random);
        return request;
    }

    /// <summary>Seconds of 16 bits and fractions of 16 bits.</summary>
    private static long ShortNs(ReadOnlySpan<byte> bytes) => (BinaryPrimitives.ReadUInt32BigEndian(bytes) * 1_000_000_000L) >> 16;

    private static NtpTimestamp Timestamp(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt64BigEndian(bytes));
}
