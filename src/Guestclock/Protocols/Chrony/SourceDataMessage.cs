using Guestclock.Formats;
using Guestclock.Protocols.Ntp;

namespace Guestclock.Protocols.Chrony;

/// <summary>
/// source_data (REQ_SOURCE_DATA, RPY_Source_Data in candm.h). Request: index u32 @0. Body: address @0 (of a reference clock: its id in the
/// first four bytes), poll s16 @20 (log2 s), stratum u16 @22, state u16 @24, mode u16 @26, flags u16 @28, reach u16 @30, seconds since the
/// last sample u32 @32, Floats of seconds: original offset @36, adjusted offset @40, its error @44.
/// </summary>
public static class SourceDataMessage
{
    private const ushort ReplyCode = 3;
    private const int ReplyBytes = 76;

    /// <summary>NTP_MAX_STRATUM of chrony's ntp.h; 0 where the source never answered.</summary>
    private const int MostStratum = 16;

    public static byte[] Request(int index) => ChronyRequest.BuildIndexed(ChronyCommand.SourceData, ReplyBytes, index);

    public static ChronySource Decode(byte[] reply)
    {
        var body = ChronyReply.Body(reply, ChronyCommand.SourceData, ReplyCode, ReplyBytes);
        var address = body.Address(0);
        var state = body.U16(24);
        var mode = body.U16(26);
        var (stratum, reach) = (body.U16(22), body.U16(30));
        if (stratum > MostStratum || reach > byte.MaxValue)
            throw new MalformedInputException("source_data", "a stratum up to 16 and 8 bits of reach", $"stratum {stratum}, reach {reach}");
        return new(
            mode == (int)ChronySourceMode.RefClock ? NtpReferenceId.Letters(address.FirstWord) : address.Text,
            mode <= (int)ChronySourceMode.RefClock ? (ChronySourceMode)mode : ChronySourceMode.Unknown,
            state <= (int)ChronySourceState.NotCombined ? (ChronySourceState)state : ChronySourceState.Unknown,
            Stratum: stratum,
            PollLog2S: body.S16(20),
            Reach: reach,
            SinceSampleS: body.U32(32),
            OffsetNs: body.Nanoseconds(40),
            ErrorNs: body.Magnitude(44))
        {
            StateNumber = state,
            ModeNumber = mode,
            IsUnresolved = address.IsUnresolved,
        };
    }
}
