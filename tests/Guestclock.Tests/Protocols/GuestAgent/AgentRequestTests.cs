using System.Text;
using System.Text.Json;
using Guestclock.Protocols.GuestAgent;

namespace Guestclock.Tests.Protocols.GuestAgent;

public class AgentRequestTests
{
    [Theory]
    [InlineData(AgentRequest.GetTime, "guest-get-time")]
    [InlineData(AgentRequest.Ping, "guest-ping")]
    [InlineData(AgentRequest.FreezeStatus, "guest-fsfreeze-status")]
    [InlineData(AgentRequest.SetTimeFromRtc, "guest-set-time")]
    public void A_request_names_its_command(string request, string command) =>
        Assert.Equal(command, JsonDocument.Parse(request).RootElement.GetProperty("execute").GetString());

    [Fact]
    public void A_time_is_sent_in_nanoseconds() =>
        Assert.Equal(1795257650528454001, JsonDocument.Parse(AgentRequest.SetTime(1795257650528454001)).RootElement.GetProperty("arguments").GetProperty("time").GetInt64());

    [Fact]
    public void A_sync_carries_its_number() =>
        Assert.Equal(long.MaxValue, JsonDocument.Parse(AgentRequest.SyncDelimited(long.MaxValue)).RootElement.GetProperty("arguments").GetProperty("id").GetInt64());

    [Fact]
    public void A_flush_comes_before_the_request()
    {
        var bytes = AgentRequest.LineAfterFlush(AgentRequest.Ping);
        Assert.Equal([0xFF, (byte)'\n'], bytes[..2]);
        Assert.Equal(AgentRequest.Ping + "\n", Encoding.UTF8.GetString(bytes[2..]));
    }
}
