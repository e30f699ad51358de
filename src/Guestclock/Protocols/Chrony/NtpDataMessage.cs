using Guestclock.Formats;
using Guestclock.Protocols.Ntp;

namespace Guestclock.Protocols.Chrony;

/// <summary>
/// ntp_data (REQ_NTP_DATA, RPY_NTP_Data in candm.h), refused over UDP. Request: address @0. Body: remote address @0, local address @20,
/// remote port u16 @40, leap u8 @42, version u8 @43, mode u8 @44, stratum u8 @45, poll s8 @46, precision s8 @47, root delay @48, root
/// dispersion @52, reference id u32 @56, reference time @60, offset @72, peer delay @76, peer dispersion @80, response time @84, jitter
/// asymmetry @88, flags u16 @92, source of the transmit timestamp u8 @94, of the receive timestamp u8 @95, packets sent u32 @96, received
/// @100, valid @104, good @108. Reply code 16 up to chrony 4.5; 26 since 4.6, which appends counters.
/// A request as long as the longer reply suits both.
/// </summary>
public static class NtpDataMessage
{
    private const ushort ReplyCode = 16;
    private const int ReplyBytes = 152;
    private const ushort ReplyCodeSince46 = 26;
    private const int ReplyBytesSince46 = 172;

    /// <summary>The question about a source, by its IPv4 or IPv6 address.</summary>
    public static byte[] Request(string address)
    {
        var request = ChronyRequest.Build(ChronyCommand.NtpData, ReplyBytesSince46);
        return ChronyAddress.TryEncode(address, request.AsSpan(ChronyRequest.HeaderBytes, ChronyAddress.Bytes))
            ? request
            : throw new MalformedInputException("source", "an IPv4 or IPv6 address", $"'{address}'");
    }

    public static ChronyNtpData Decode(byte[] reply)
    {
        var body = reply.Length >= ChronyReply.HeaderBytes && ChronyReply.Code(reply) == ReplyCodeSince46
            ? ChronyReply.Body(reply, ChronyCommand.NtpData, ReplyCodeSince46, ReplyBytesSince46)
            : ChronyReply.Body(reply, ChronyCommand.NtpData, ReplyCode, ReplyBytes);
        var stratum = body.U8(45);
        return new(
            body.Address(0).Text,
            RemotePort: body.U16(40),
            Leap: body.U8(42),
            Version: body.U8(43),
            Stratum: stratum,
            RootDelayNs: body.Magnitude(48),
            RootDispersionNs: body.Magnitude(52),
            ReferenceId: NtpReferenceId.Text(body.U32(56), stratum),
            OffsetNs: body.Nanoseconds(72),
            PeerDelayNs: body.Nanoseconds(76),
            PeerDispersionNs: body.Magnitude(80),
            Flags: body.U16(92),
            TransmitTimestamping: Timestamping(body.U8(94)),
            ReceiveTimestamping: Timestamping(body.U8(95)),
            Sent: body.U32(96),
            Received: body.U32(100),
            Valid: body.U32(104));
    }

    private static string Timestamping(byte letter) => letter switch
    {
        (byte)'D' => "daemon",
        (byte)'K' => "kernel",
        (byte)'H' => "hardware",
        0 => "none",
        _ => $"unknown ({letter})",
    };
}
