using System.Text;
using Guestclock.Discipline.Watch;
using Guestclock.Discipline.Watch.Sources;
using Guestclock.Protocols.Qmp;

namespace Guestclock.Tests.Discipline.Watch.Sources;

public class QmpGuestStateTests
{
    [Theory]
    [InlineData("running", true, "Found")]
    [InlineData("paused", false, "Paused")]
    [InlineData("io-error", false, "Paused")]
    [InlineData("prelaunch", false, "")]
    [InlineData("inmigrate", false, "")]
    [InlineData("shutdown", false, "")]
    [InlineData("postmigrate", false, "")]
    public void The_first_look(string status, bool isRunning, string told) =>
        Assert.Equal(told, new QmpGuestState().Look(status, isRunning)?.ToString() ?? "");

    [Theory]
    [InlineData("prelaunch", "RESUME STOP RESUME", "Started Paused Resumed")]
    [InlineData("inmigrate", "RESUME STOP RESUME", "Migrated Paused Resumed")]
    [InlineData("restore-vm", "RESUME", "Restored")]
    [InlineData("paused", "RESUME", "Resumed")]
    [InlineData("running", "STOP RESUME RESET RTC_CHANGE", "Paused Resumed Reset RtcChanged")]
    [InlineData("running", "SUSPEND WAKEUP", "Paused Resumed")]
    [InlineData("running", "STOP load RESUME STOP RESUME", "Paused Restored Paused Resumed")]
    [InlineData("running", "SHUTDOWN STOP", "Gone")]
    [InlineData("running", "SHUTDOWN STOP RESET RESUME", "Gone Started")]
    [InlineData("running", "SHUTDOWN SHUTDOWN leave", "Gone")]
    [InlineData("running", "leave", "Gone")]
    [InlineData("prelaunch", "RESET RTC_CHANGE WAKEUP leave", "")]
    [InlineData("running", "POWERDOWN BLOCK_IO_ERROR", "")]
    public void What_follows(string status, string happens, string told)
    {
        var state = new QmpGuestState();
        state.Look(status, status == "running");
        Assert.Equal(told, string.Join(' ', happens.Split(' ').Select(h => Happen(state, h)).Where(k => k is not null)));
    }

    [Fact]
    public void Only_the_agents_own_port_tells_of_the_agent()
    {
        var state = new QmpGuestState();
        state.Look("running", true);
        Assert.Null(state.On(Port("agent0", true)));
        state.AgentPort = "agent0";
        Assert.Equal(GuestEventKind.AgentConnected, state.On(Port("agent0", true)));
        Assert.Null(state.On(Port("agent0", false)));
        Assert.Null(state.On(Port("other", true)));
    }

    [Fact]
    public void A_migration_away_is_told_by_the_state_after_it_and_savevm_is_none()
    {
        var state = new QmpGuestState();
        state.Look("running", true);
        var completed = Decode("""{"event": "MIGRATION", "data": {"status": "completed"}}""");
        Assert.False(state.MayHaveMigrated(completed));
        state.On(Decode("""{"event": "STOP"}"""));
        Assert.True(state.MayHaveMigrated(completed));
        Assert.Null(state.LookAfterMigration("running"));
        Assert.Equal(GuestEventKind.Gone, state.LookAfterMigration("postmigrate"));
        Assert.False(state.MayHaveMigrated(completed));
        Assert.Equal(GuestEventKind.Resumed, state.On(Decode("""{"event": "RESUME"}""")));
    }

    private static GuestEventKind? Happen(QmpGuestState state, string what)
    {
        if (what == "leave")
            return state.Leave();
        if (what != "load")
            return state.On(Decode($$"""{"event": "{{what}}"}"""));
        state.LoadingSnapshot();
        return null;
    }

    private static QmpEvent Port(string id, bool open) =>
        Decode($$$"""{"event": "VSERPORT_CHANGE", "data": {"open": {{{(open ? "true" : "false")}}}, "id": "{{{id}}}"}}""");

    private static QmpEvent Decode(string line) => Assert.IsType<QmpEvent>(QmpDecoder.Decode(Encoding.UTF8.GetBytes(line)));
}
