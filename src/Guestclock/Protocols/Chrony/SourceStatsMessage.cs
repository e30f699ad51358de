namespace Guestclock.Protocols.Chrony;

/// <summary>
/// sourcestats (REQ_SOURCESTATS, RPY_Sourcestats in candm.h). Request: index u32 @0. Body: reference id u32 @0, address @4 (none for a
/// reference clock), samples u32 @24, runs u32 @28, span u32 @32 (s), Floats: standard deviation @36 (s), residual frequency @40 (ppm),
/// skew @44 (ppm), estimated offset @48 (s), its error @52 (s).
/// </summary>
public static class SourceStatsMessage
{
    private const ushort ReplyCode = 6;
    private const int ReplyBytes = 84;

    public static byte[] Request(int index) => ChronyRequest.BuildIndexed(ChronyCommand.SourceStats, ReplyBytes, index);

    public static ChronySourceStats Decode(byte[] reply)
    {
        var body = ChronyReply.Body(reply, ChronyCommand.SourceStats, ReplyCode, ReplyBytes);
        var address = body.Address(4);
        return new(
            address.NameOr(body.U32(0)),
            Samples: body.Count(24),
            Runs: body.Count(28),
            SpanS: body.U32(32),
            StandardDeviationNs: body.Magnitude(36),
            ResidualFrequencyPpm: body.Number(40),
            SkewPpm: body.Number(44),
            EstimatedOffsetNs: body.Nanoseconds(48),
            EstimatedOffsetErrorNs: body.Magnitude(52))
        {
            IsUnresolved = address.IsUnresolved,
        };
    }
}
