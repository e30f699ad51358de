using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using static Guestclock.Tests.Discipline.Watch.WatchBench;

namespace Guestclock.Tests.Discipline.Watch;

public class WatchRetryTests
{
    private const RecoveryOutcome Failed = RecoveryOutcome.Failed;

    [Theory]
    [InlineData(RecoveryOutcome.InTime)]
    [InlineData(RecoveryOutcome.Recovered)]
    [InlineData(RecoveryOutcome.Left)]
    [InlineData(RecoveryOutcome.WouldSet)]
    public void A_guest_that_was_seen_to_is_owed_nothing(RecoveryOutcome outcome)
    {
        var bench = new WatchBench(WatchPolicy.Default with { MeasureEveryNs = 0 }).Event(GuestEventKind.Found);
        bench.Ends(bench.Start, outcome);
        Assert.Null(bench.State.NextWakeNs);
        Assert.Equal(0, bench.State.Snapshot(bench.NowNs).Owed);
    }

    public static TheoryData<RecoveryOutcome, AgentFailure?, long[]> Pauses => new()
    {
        { Failed, AgentFailure.AgentNotRunning, [100, 200, 400, 800, 1600, 3200, 6400, 12800, 25600, 51200, 102400, 204800, 300000, 300000] },
        { Failed, AgentFailure.HungUp, [100, 200, 400] },
        { Failed, AgentFailure.Busy, [100, 200, 400] },
        { Failed, AgentFailure.Frozen, [100, 200, 400] },
        { Failed, AgentFailure.Transport, [100, 200, 400] },
        { Failed, AgentFailure.Malformed, [100, 200, 400] },
        { Failed, AgentFailure.Paused, [100, 200, 400] },
        { Failed, AgentFailure.NoGuest, [100, 200, 400] },
        { Failed, AgentFailure.Blocked, [900_000, 900_000] },
        { Failed, AgentFailure.Unsupported, [900_000, 900_000] },
        { Failed, AgentFailure.Denied, [900_000, 900_000] },
        { Failed, AgentFailure.NoChannel, [900_000, 900_000] },
        { RecoveryOutcome.NotProved, null, [1000, 2000, 4000, 900_000, 900_000] },
        { RecoveryOutcome.NotProved, AgentFailure.HungUp, [100, 200, 400] },
        { RecoveryOutcome.NotProved, AgentFailure.Blocked, [900_000] },
        { RecoveryOutcome.HostNotSynchronized, null, [10_000, 10_000] },
        { RecoveryOutcome.Cancelled, null, [10_000, 10_000] },
    };

    [Theory]
    [MemberData(nameof(Pauses))]
    public void What_may_help_is_tried_again_with_growing_pauses(RecoveryOutcome outcome, AgentFailure? failure, long[] pausesMs)
    {
        var bench = new WatchBench().Event(GuestEventKind.Resumed);
        var attempt = 1;
        foreach (var pause in pausesMs)
        {
            Assert.Equal(attempt++, bench.Start.Reason.Attempt);
            bench.Ends(bench.Start, outcome, failure);
            Assert.Equal(pause, bench.UntilStart() / Ms);
        }
    }

    [Fact]
    public void The_same_failure_is_told_once_and_counted_always()
    {
        var bench = new WatchBench().Event(GuestEventKind.Resumed);
        var told = new List<int>();
        foreach (var failure in new[] { AgentFailure.AgentNotRunning, AgentFailure.AgentNotRunning, AgentFailure.Busy, AgentFailure.Busy })
        {
            bench.Ends(bench.Start, Failed, failure);
            told.Add(bench.Told.Count());
            bench.UntilStart();
        }

        Assert.Equal([1, 0, 1, 0], told);
        Assert.Equal(4, bench.State.Snapshot(bench.NowNs).Totals.Outcomes[Failed]);
        Assert.Equal(2, bench.State.Snapshot(bench.NowNs).Totals.Failures[AgentFailure.Busy]);
        bench.Ends(bench.Start);
        var proof = Assert.Single(bench.Told);
        Assert.Equal((5, null), (proof.Reason!.Attempt, proof.RetryInNs));
    }

    [Theory]
    [InlineData(AgentFailure.AgentNotRunning)]
    [InlineData(AgentFailure.Blocked)]
    public void An_agent_that_says_it_is_there_is_asked_at_once(AgentFailure failure)
    {
        var bench = new WatchBench().Event(GuestEventKind.Resumed);
        for (var n = 0; n < 10; n++)
        {
            bench.Ends(bench.Start, Failed, failure);
            bench.UntilStart();
        }

        bench.Ends(bench.Start, Failed, failure);
        Assert.Equal(11 + 1, bench.After(Ms).Event(GuestEventKind.AgentConnected).Start.Reason.Attempt);
    }

    [Fact]
    public void An_agent_that_comes_up_amid_a_vain_attempt_is_asked_right_after_it()
    {
        var bench = new WatchBench().Event(GuestEventKind.Resumed);
        var vain = bench.Start;
        bench.Event(GuestEventKind.AgentConnected);
        Assert.Empty(bench.Last.OfType<CancelRun>());
        bench.Ends(vain, Failed, AgentFailure.AgentNotRunning);
        Assert.Equal(2, bench.Start.Reason.Attempt);
        bench.Ends(bench.Start, Failed, AgentFailure.AgentNotRunning);
        Assert.Empty(bench.Starts);
    }

    [Fact]
    public void A_new_event_begins_the_pauses_anew()
    {
        var bench = new WatchBench().Event(GuestEventKind.Resumed);
        for (var n = 0; n < 8; n++)
        {
            bench.Ends(bench.Start, Failed, AgentFailure.AgentNotRunning);
            bench.UntilStart();
        }

        bench.Ends(bench.Start, Failed, AgentFailure.AgentNotRunning).Event(GuestEventKind.Resumed);
        bench.Ends(bench.Start, Failed, AgentFailure.AgentNotRunning);
        Assert.Equal(100, bench.UntilStart() / Ms);
    }

    [Fact]
    public void A_pause_holds_back_what_is_owed()
    {
        var bench = new WatchBench().Event(GuestEventKind.Resumed);
        bench.Ends(bench.Start, Failed, AgentFailure.AgentNotRunning).Event(GuestEventKind.Paused);
        Assert.Null(bench.State.NextWakeNs);
    }
}
