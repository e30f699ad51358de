using System.Globalization;
using System.Text;

namespace Guestclock.Protocols.GuestAgent;

/// <summary>
/// Requests to a QEMU guest agent: JSON on one line, ended by LF (QEMU's qga/qapi-schema.json, docs/interop/qemu-ga-ref). A request
/// without its line end is what libvirt's virDomainQemuAgentCommand takes.
/// </summary>
public static class AgentRequest
{
    public const string GetTime = """{"execute":"guest-get-time"}""";

    public const string Ping = """{"execute":"guest-ping"}""";

    /// <summary>Answered even while file systems are frozen, with <c>thawed</c> or <c>frozen</c>.</summary>
    public const string FreezeStatus = """{"execute":"guest-fsfreeze-status"}""";

    /// <summary>Without a time the guest reads its RTC, in whole seconds; Windows asks its own time service.</summary>
    public const string SetTimeFromRtc = """{"execute":"guest-set-time"}""";

    /// <param name="timeNs">Nanoseconds since 1970; a POSIX guest cuts it to microseconds.</param>
    public static string SetTime(long timeNs) =>
        string.Create(CultureInfo.InvariantCulture, $$$"""{"execute":"guest-set-time","arguments":{"time":{{{timeNs}}}}}""");

    /// <summary>The answer is the byte 0xFF, then a line with the same number.</summary>
    /// <param name="id">Positive and not used before, so that no stale answer has it.</param>
    public static string SyncDelimited(long id) =>
        string.Create(CultureInfo.InvariantCulture, $$$"""{"execute":"guest-sync-delimited","arguments":{"id":{{{id}}}}}""");

    /// <summary>One request as it goes over a socket.</summary>
    public static byte[] Line(string request) => Encoding.UTF8.GetBytes(request + "\n");

    /// <summary>
    /// One request after the byte 0xFF and a line end, which make the agent forget a request that somebody began and did not finish;
    /// it answers that with one line of error.
    /// </summary>
    public static byte[] LineAfterFlush(string request) => [0xFF, (byte)'\n', .. Line(request)];
}
