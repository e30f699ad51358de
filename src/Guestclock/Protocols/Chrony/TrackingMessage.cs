using Guestclock.Protocols.Ntp;

namespace Guestclock.Protocols.Chrony;

/// <summary>
/// tracking (REQ_TRACKING, RPY_Tracking in candm.h). Body: reference id u32 @0, address @4, stratum u16 @24, leap u16 @26, reference time
/// @28, then Floats: current correction @40 (s, positive: slow), last offset @44 (s), RMS offset @48 (s), frequency @52 (ppm, positive:
/// fast), residual frequency @56 (ppm), skew @60 (ppm), root delay @64 (s), root dispersion @68 (s), update interval @72 (s).
/// </summary>
public static class TrackingMessage
{
    private const ushort ReplyCode = 5;
    private const int ReplyBytes = 104;

    public static byte[] Request() => ChronyRequest.Build(ChronyCommand.Tracking, ReplyBytes);

    public static ChronyTracking Decode(byte[] reply)
    {
        var body = ChronyReply.Body(reply, ChronyCommand.Tracking, ReplyCode, ReplyBytes);
        var address = body.Address(4);
        return new(
            address.Family == ChronyAddress.None ? NtpReferenceId.Letters(body.U32(0)) : NtpReferenceId.Hex(body.U32(0)),
            address.Text,
            Stratum: body.U16(24),
            Leap: body.U16(26),
            ReferenceTimeNs: body.UnixNs(28),
            CorrectionNs: body.Nanoseconds(40),
            LastOffsetNs: body.Nanoseconds(44),
            RmsOffsetNs: body.Nanoseconds(48),
            FrequencyPpm: body.Number(52),
            ResidualFrequencyPpm: body.Number(56),
            SkewPpm: body.Number(60),
            RootDelayNs: body.Magnitude(64),
            RootDispersionNs: body.Magnitude(68),
            UpdateIntervalS: body.Number(72));
    }
}
