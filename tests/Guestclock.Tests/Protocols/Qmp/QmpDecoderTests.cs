using System.Text;
using System.Text.Json;
using Guestclock.Formats;
using Guestclock.Protocols.Qmp;
using Guestclock.Testing;

namespace Guestclock.Tests.Protocols.Qmp;

public class QmpDecoderTests
{
    [Fact]
    public void A_greeting_names_the_version() =>
        Assert.Equal(new QmpGreeting(7, 2, 22, "Debian 1:7.2+dfsg-7+deb12u18+b3"), Decode(QmpSamples.Greeting));

    [Fact]
    public void A_reply_has_the_id_of_its_command()
    {
        var reply = Assert.IsType<QmpReply>(Decode(QmpSamples.Status));
        Assert.Equal(2, reply.Id);
        Assert.Equal("prelaunch", reply.Return.Text("status"));
        Assert.False(reply.Return.IsTrue("running"));
    }

    [Fact]
    public void A_failure_has_class_and_description() =>
        Assert.Equal(new QmpFailure(1, "CommandNotFound", "Expecting capabilities negotiation with 'qmp_capabilities'"), Decode(QmpSamples.NotNegotiated));

    [Fact]
    public void A_failure_to_read_the_command_has_no_id() => Assert.Null(Assert.IsType<QmpFailure>(Decode(QmpSamples.Unreadable)).Id);

    [Theory]
    [InlineData("""{"return": 1, "id": "mine"}""")]
    [InlineData("""{"return": 1, "id": 1.5}""")]
    [InlineData("""{"return": 1, "id": 99999999999999999999}""")]
    [InlineData("""{"return": 1, "id": null}""")]
    public void An_id_that_is_none_of_ours_is_none(string line) => Assert.Null(Assert.IsType<QmpReply>(Decode(line)).Id);

    [Fact]
    public void An_event_has_QEMUs_time_and_ours()
    {
        var told = Assert.IsType<QmpEvent>(Decode(QmpSamples.Reset, arrivedNs: 42));
        Assert.Equal(("RESET", 1_795_256_989_654_610L, 42L), (told.Name, told.TimestampUs, told.MonotonicNs));
        Assert.Equal("host-qmp-system-reset", told.Data.Text("reason"));
    }

    [Theory]
    [InlineData("""{"event": "STOP", "timestamp": {"seconds": -1, "microseconds": -1}}""")]
    [InlineData("""{"event": "STOP", "timestamp": {"seconds": 9223372036854775807, "microseconds": 0}}""")]
    [InlineData("""{"event": "STOP", "timestamp": {"seconds": 1, "microseconds": 1000000}}""")]
    [InlineData("""{"event": "STOP", "timestamp": 7}""")]
    [InlineData("""{"event": "STOP"}""")]
    public void An_event_may_have_no_time(string line) => Assert.Null(Assert.IsType<QmpEvent>(Decode(line)).TimestampUs);

    [Theory]
    [InlineData("STOP", true)]
    [InlineData("RESUME", true)]
    [InlineData("VSERPORT_CHANGE", true)]
    [InlineData("RTC_CHANGE", false)]
    [InlineData("MIGRATION_PASS", false)]
    public void Some_events_must_not_be_missed(string name, bool vital) =>
        Assert.Equal(vital, new QmpEvent(name, default, null, 0).IsVital);

    [Theory]
    [InlineData("")]
    [InlineData("220 mail.example.net ESMTP")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("""{"event": 1}""")]
    [InlineData("""{"event": "\uD800"}""")]
    [InlineData("""{"return": {}} {"return": {}}""")]
    [InlineData("""{"return": {}""")]
    public void Anything_else_is_refused_with_what_was_found(string line) =>
        Assert.StartsWith("no message of QMP: ", Assert.Throws<MalformedInputException>(() => Decode(line)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_was_found_is_shown_short_and_without_control_characters()
    {
        var shown = Assert.Throws<MalformedInputException>(() => Decode("\u001b[2J" + new string('x', 5000))).Message;
        Assert.InRange(shown.Length, 1, 120);
        Assert.DoesNotContain(shown, char.IsControl);
    }

    [Fact]
    public void Control_characters_in_texts_do_not_get_through() =>
        Assert.Equal("a?[2Jb", Assert.IsType<QmpFailure>(Decode("""{"error": {"desc": "a\u001b[2Jb"}}""")).Description);

    [Fact]
    public void Deep_nesting_is_refused() =>
        Assert.Throws<MalformedInputException>(() => Decode("""{"return": """ + new string('[', 100) + new string(']', 100) + "}"));

    [Fact]
    public void A_long_event_is_refused() =>
        Assert.Throws<MalformedInputException>(() => Decode($$"""{"event": "X", "data": "{{new string('x', QmpLimits.EventBytes)}}"}"""));

    [Theory]
    [InlineData("""{"text": "\uD800"}""")]
    [InlineData("""{"text": 1}""")]
    [InlineData("""{"text": null}""")]
    [InlineData("""{}""")]
    [InlineData("[]")]
    public void A_member_that_is_no_text_is_null(string json) => Assert.Null(JsonDocument.Parse(json).RootElement.Text("text"));

    [Fact]
    public void Every_line_is_a_message_or_is_refused() => Fuzz.Bytes([.. QmpSamples.All.Select(Encoding.UTF8.GetBytes)], b =>
    {
        switch (QmpDecoder.Decode(b))
        {
            case QmpReply reply:
                foreach (var element in reply.Return.Elements())
                    _ = element.Text("label") + element.Text("filename") + element.Number("x") + element.IsTrue("frontend-open");
                break;
            case QmpEvent told:
                _ = told.Data.Text("status") + told.Data.Text("id") + told.Data.IsTrue("open");
                break;
        }
    });

    private static QmpMessage Decode(string line, long arrivedNs = 0) => QmpDecoder.Decode(Encoding.UTF8.GetBytes(line), arrivedNs);
}
