using System.Text;
using Guestclock.Formats;
using Guestclock.Protocols.GuestAgent;
using Guestclock.Testing;

namespace Guestclock.Tests.Protocols.GuestAgent;

public class AgentReplyTests
{
    // Taken from qemu-ga 7.2 (Debian 12), started with -m unix-listen -b guest-set-time, on a client's socket.
    private const string Time = """{"return": 1795257650528454000}""";
    private const string Empty = """{"return": {}}""";
    private const string NotFound = """{"error": {"class": "CommandNotFound", "desc": "The command guest-nonsense has not been found"}}""";
    private const string Disabled = """{"error": {"class": "CommandNotFound", "desc": "Command guest-set-time has been disabled"}}""";
    private const string Freeze = """{"return": "thawed"}""";
    private const string BadJson = """{"error": {"class": "GenericError", "desc": "JSON parse error, stray '\uFFFD'"}}""";

    [Fact]
    public void A_time_is_a_number() => Assert.Equal(1795257650528454000, Parse(Time).Number);

    [Fact]
    public void A_word_is_a_text() => Assert.Equal("thawed", Parse(Freeze).Text);

    [Fact]
    public void Nothing_returned_is_success()
    {
        var reply = Parse(Empty);
        Assert.Null(reply.Error);
        Assert.Null(reply.Number);
    }

    [Theory]
    [InlineData(NotFound, AgentErrorKind.Unsupported)]
    [InlineData(Disabled, AgentErrorKind.Disabled)]
    [InlineData(BadJson, AgentErrorKind.Other)]
    // Other releases, by qapi/qmp-dispatch.c and qga/main.c.
    [InlineData("""{"error": {"class": "CommandNotFound", "desc": "Command guest-set-time has been disabled: the command is not allowed"}}""", AgentErrorKind.Disabled)]
    [InlineData("""{"error": {"class": "GenericError", "desc": "The command guest-set-time has been disabled for this instance"}}""", AgentErrorKind.Disabled)]
    [InlineData("""{"error": {"class": "CommandNotFound", "desc": "Command guest-get-time has been disabled: the agent is in frozen state"}}""", AgentErrorKind.Frozen)]
    [InlineData("""{"error": {"class": "GenericError", "desc": "this feature or command is not currently supported"}}""", AgentErrorKind.Unsupported)]
    [InlineData("""{"error": {"class": "GenericError", "desc": "hwclock failed to set hardware clock to system time"}}""", AgentErrorKind.Other)]
    public void A_refusal_says_of_what_kind_it_is(string json, AgentErrorKind kind) => Assert.Equal(kind, Parse(json).Error!.Kind);

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("""{"return": 1} {"return": 2}""")]
    [InlineData("""{"error": "text"}""")]
    [InlineData("""{"return": """)]
    [InlineData("""{"return": {"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}}}}}}}}}}""")]
    public void What_is_no_answer_is_refused(string json) => Assert.Throws<MalformedInputException>(() => Parse(json));

    [Theory]
    [InlineData("""{"return": 1.5}""")]
    [InlineData("""{"return": 99999999999999999999999}""")]
    [InlineData("""{"return": "1795257650528454000"}""")]
    public void A_number_that_is_not_whole_is_no_number(string json) => Assert.Null(Parse(json).Number);

    [Fact]
    public void The_socket_of_another_protocol_is_named()
    {
        var refusal = Assert.Throws<MalformedInputException>(() => Parse("""{"QMP": {"version": {}, "capabilities": []}}"""));
        Assert.Contains("QMP socket", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_text_of_the_guest_is_cut() =>
        Assert.InRange(Parse($$$"""{"error": {"class": "GenericError", "desc": "{{{new string('x', 50_000)}}}"}}""").Error!.Description.Length, 100, 600);

    [Fact]
    public void Any_bytes_are_parsed_or_refused() =>
        Fuzz.Bytes([.. new[] { Time, Empty, NotFound, Disabled, Freeze, BadJson }.Select(Encoding.UTF8.GetBytes)], b => _ = AgentReply.Parse(b).Error?.Kind);

    private static AgentReply Parse(string json) => AgentReply.Parse(Encoding.UTF8.GetBytes(json));
}
