namespace Guestclock.Protocols.Chrony;

/// <summary>
/// activity (REQ_ACTIVITY, RPY_Activity in candm.h). Body, numbers of sources: online @0, offline @4, in a burst and online afterwards @8,
/// in a burst and offline afterwards @12, unresolved @16. Reference clocks are not counted.
/// </summary>
public static class ActivityMessage
{
    private const ushort ReplyCode = 12;
    private const int ReplyBytes = 48;

    public static byte[] Request() => ChronyRequest.Build(ChronyCommand.Activity, ReplyBytes);

    public static ChronyActivity Decode(byte[] reply)
    {
        var body = ChronyReply.Body(reply, ChronyCommand.Activity, ReplyCode, ReplyBytes);
        return new(body.Count(0), body.Count(4), body.Count(8), body.Count(12), body.Count(16));
    }
}
