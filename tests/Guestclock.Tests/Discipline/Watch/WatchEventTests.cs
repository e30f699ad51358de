using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using static Guestclock.Tests.Discipline.Watch.WatchBench;

namespace Guestclock.Tests.Discipline.Watch;

public class WatchEventTests
{
    [Theory]
    [InlineData(GuestEventKind.Found, WatchTrigger.Found)]
    [InlineData(GuestEventKind.Resumed, WatchTrigger.Resumed)]
    [InlineData(GuestEventKind.Restored, WatchTrigger.Restored)]
    [InlineData(GuestEventKind.Migrated, WatchTrigger.Migrated)]
    [InlineData(GuestEventKind.AgentConnected, WatchTrigger.Found)]
    [InlineData(GuestEventKind.RtcChanged, WatchTrigger.Found)]
    public void A_guest_that_runs_after_a_disruption_is_recovered_at_once(GuestEventKind kind, WatchTrigger trigger)
    {
        var start = new WatchBench().Event(kind).Start;
        Assert.Equal(("web", trigger, 1), (start.Guest, start.Reason.Trigger, start.Reason.Attempt));
    }

    [Theory]
    [InlineData(GuestEventKind.Started)]
    [InlineData(GuestEventKind.Reset)]
    public void A_booting_guest_is_given_time_until_its_agent_is_there(GuestEventKind kind)
    {
        var bench = new WatchBench().Event(kind);
        Assert.Empty(bench.Starts);
        Assert.Equal(2 * S, bench.UntilStart());

        bench = new WatchBench().Event(kind);
        bench.After(500 * Ms);
        Assert.Single(bench.Event(GuestEventKind.AgentConnected).Starts);
    }

    [Theory]
    [InlineData(GuestEventKind.Paused)]
    [InlineData(GuestEventKind.Gone)]
    public void A_guest_that_does_not_run_is_not_asked(GuestEventKind kind)
    {
        var bench = new WatchBench().Event(kind);
        Assert.Empty(bench.Starts);
        Assert.Null(bench.State.NextWakeNs);
        Assert.Empty(bench.After(3600 * S).Last);
    }

    [Theory]
    [InlineData(GuestEventKind.Resumed, false)]
    [InlineData(GuestEventKind.Migrated, false)]
    [InlineData(GuestEventKind.Restored, false)]
    [InlineData(GuestEventKind.Found, false)]
    [InlineData(GuestEventKind.Reset, true)]
    [InlineData(GuestEventKind.Paused, true)]
    [InlineData(GuestEventKind.Gone, true)]
    [InlineData(GuestEventKind.AgentConnected, false)]
    [InlineData(GuestEventKind.RtcChanged, false)]
    public void A_disruption_amid_a_recovery_cancels_it(GuestEventKind kind, bool cancels)
    {
        var bench = new WatchBench().Event(GuestEventKind.Resumed);
        var first = bench.Start;
        bench.After(50 * Ms).Event(kind);
        Assert.Equal(cancels ? [first.Ticket] : [], bench.Cancels.Select(c => c.Ticket));
        Assert.Empty(bench.Starts);
    }

    [Theory]
    [InlineData(RecoveryOutcome.Recovered)]
    [InlineData(RecoveryOutcome.InTime)]
    [InlineData(RecoveryOutcome.NotProved)]
    public void An_event_of_a_running_guest_lets_the_recovery_go_on_and_looks_again_afterwards(RecoveryOutcome outcome)
    {
        var bench = new WatchBench().Event(GuestEventKind.Resumed);
        var first = bench.Start;
        bench.After(50 * Ms).Event(GuestEventKind.Migrated);

        bench.After(10 * Ms).Ends(first, outcome);

        Assert.Equal(outcome, Assert.Single(bench.Told).Result!.Outcome);
        var second = bench.Start;
        Assert.Equal((WatchTrigger.Migrated, 1), (second.Reason.Trigger, second.Reason.Attempt));
        bench.After(10 * Ms).Ends(second, RecoveryOutcome.InTime);
        Assert.Empty(bench.Starts);
    }

    [Fact]
    public void The_next_recovery_begins_when_the_cancelled_one_has_ended()
    {
        var bench = new WatchBench().Event(GuestEventKind.Resumed);
        var first = bench.Start;
        bench.After(10 * Ms).Event(GuestEventKind.Paused);
        bench.After(10 * Ms).Event(GuestEventKind.Resumed);
        Assert.Empty(bench.Starts);
        Assert.Empty(bench.Cancels);

        bench.After(10 * Ms).Ends(first, RecoveryOutcome.Recovered);

        Assert.NotEqual(first.Ticket, bench.Start.Ticket);
        Assert.Equal(1, bench.Start.Reason.Attempt);
        Assert.Equal(RecoveryOutcome.Cancelled, Assert.Single(bench.Told).Result!.Outcome);
        Assert.Empty(bench.Ends(first).Last);
    }

    [Fact]
    public void Events_in_a_row_bring_one_recovery_for_the_newest()
    {
        var bench = new WatchBench(WatchPolicy.Default with { MaxActive = 1 }).Event(GuestEventKind.Resumed, "other");
        var other = bench.Start;
        bench.Event(GuestEventKind.Resumed).Event(GuestEventKind.Migrated).Event(GuestEventKind.Found);
        bench.Ends(other);
        Assert.Equal(WatchTrigger.Migrated, bench.Start.Reason.Trigger);
    }

    [Fact]
    public void A_reset_of_a_paused_guest_waits_until_it_runs()
    {
        var bench = new WatchBench().Event(GuestEventKind.Paused).Event(GuestEventKind.Reset);
        Assert.Null(bench.State.NextWakeNs);
        Assert.Single(bench.Event(GuestEventKind.Resumed).Starts);
    }

    [Fact]
    public void A_guest_that_writes_its_RTC_is_not_recovered_for_it()
    {
        var bench = new WatchBench().Event(GuestEventKind.Found);
        bench.Ends(bench.Start);
        Assert.Empty(bench.Event(GuestEventKind.RtcChanged).Starts);
    }

    [Fact]
    public void What_a_guest_itself_brings_about_does_not_fill_the_journal()
    {
        var bench = new WatchBench().Event(GuestEventKind.Found);
        var lines = 0;
        for (var n = 0; n < 1000; n++)
        {
            bench.After(100 * Ms).Event(GuestEventKind.RtcChanged);
            lines += bench.Told.Count();
        }

        Assert.InRange(lines, 9, 12);
    }

    [Fact]
    public void A_guest_that_is_gone_is_forgotten_with_its_last_run()
    {
        var bench = new WatchBench().Event(GuestEventKind.Found);
        var run = bench.Start;
        bench.Event(GuestEventKind.Gone);
        Assert.False(bench.State.IsIdle);
        Assert.Empty(bench.State.Snapshot(bench.NowNs).Guests);
        bench.Ends(run, RecoveryOutcome.Failed, AgentFailure.NoGuest);
        Assert.True(bench.State.IsIdle);
        Assert.Null(bench.State.NextWakeNs);
    }

    [Fact]
    public void A_guest_that_comes_back_while_its_last_run_ends_is_recovered()
    {
        var bench = new WatchBench().Event(GuestEventKind.Found);
        var run = bench.Start;
        bench.Event(GuestEventKind.Gone).Event(GuestEventKind.Started).Event(GuestEventKind.AgentConnected);
        Assert.Empty(bench.Starts);
        bench.Ends(run).UntilStart();
        Assert.Equal(WatchTrigger.Started, bench.Start.Reason.Trigger);
    }

    [Fact]
    public void Guests_beyond_the_limit_are_refused_and_that_is_told_once()
    {
        var bench = new WatchBench(WatchPolicy.Default with { MaxGuests = 2 }).Event(GuestEventKind.Paused, "a").Event(GuestEventKind.Paused, "b");
        Assert.Equal(WatchRecordKind.Source, Assert.Single(bench.Event(GuestEventKind.Found, "c").Told).Kind);
        Assert.Empty(bench.Event(GuestEventKind.Found, "d").Last);
        bench.Event(GuestEventKind.Gone, "a");
        Assert.Single(bench.Event(GuestEventKind.Found, "d").Starts);
    }

    [Fact]
    public void After_the_stop_nothing_is_begun()
    {
        var bench = new WatchBench().Event(GuestEventKind.Found);
        var run = bench.Start;
        Assert.Equal(run.Ticket, Assert.Single(bench.On(new StopWatching()).Cancels).Ticket);
        bench.Event(GuestEventKind.Found, "other");
        Assert.Empty(bench.Starts);
        Assert.Empty(bench.Ends(run, RecoveryOutcome.Cancelled).Starts);
        Assert.True(bench.State.IsIdle);
        Assert.Null(bench.State.NextWakeNs);
    }
}
