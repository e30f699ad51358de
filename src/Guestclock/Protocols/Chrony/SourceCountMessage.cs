namespace Guestclock.Protocols.Chrony;

/// <summary>
/// n_sources (REQ_N_SOURCES, RPY_N_Sources in candm.h). Body: count u32 @0, of addresses, unresolved names and reference clocks.
/// </summary>
public static class SourceCountMessage
{
    private const ushort ReplyCode = 2;
    private const int ReplyBytes = 32;

    public static byte[] Request() => ChronyRequest.Build(ChronyCommand.SourceCount, ReplyBytes);

    public static int Decode(byte[] reply) => ChronyReply.Body(reply, ChronyCommand.SourceCount, ReplyCode, ReplyBytes).Count(0);
}
