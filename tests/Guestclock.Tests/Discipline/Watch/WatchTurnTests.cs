using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using static Guestclock.Tests.Discipline.Watch.WatchBench;

namespace Guestclock.Tests.Discipline.Watch;

public class WatchTurnTests
{
    private static readonly WatchPolicy Two = WatchPolicy.Default with { MaxActive = 2, MeasureEveryNs = 0 };

    [Fact]
    public void No_more_run_than_the_policy_allows_and_the_oldest_debt_comes_first()
    {
        var bench = new WatchBench(Two);
        var running = new Queue<StartRecovery>();
        foreach (var guest in new[] { "e", "d", "c", "b", "a" })
        {
            bench.After(Ms).Event(GuestEventKind.Resumed, guest);
            foreach (var start in bench.Starts)
                running.Enqueue(start);
        }

        var order = new List<string>();
        while (running.TryDequeue(out var run))
        {
            Assert.InRange(running.Count, 0, 1);
            order.Add(run.Guest);
            foreach (var start in bench.After(Ms).Ends(run).Starts)
                running.Enqueue(start);
        }

        Assert.Equal(["e", "d", "c", "b", "a"], order);
    }

    [Fact]
    public void A_newer_event_does_not_lose_its_place_in_the_queue()
    {
        var bench = new WatchBench(Two with { MaxActive = 1 }).Event(GuestEventKind.Resumed, "running");
        var run = bench.Start;
        bench.After(Ms).Event(GuestEventKind.Resumed, "old");
        bench.After(Ms).Event(GuestEventKind.Resumed, "young");
        bench.After(Ms).Event(GuestEventKind.Migrated, "old");
        Assert.Equal("old", bench.Ends(run).Start.Guest);
    }

    [Fact]
    public void A_fresh_event_comes_before_the_next_try_of_a_silent_guest_but_not_for_ever()
    {
        var bench = new WatchBench(Two with { MaxActive = 1 }).Event(GuestEventKind.Resumed, "silent");
        bench.Ends(bench.Start, RecoveryOutcome.Failed, AgentFailure.AgentNotRunning);
        bench.Event(GuestEventKind.Resumed, "fresh 0");
        var turns = new List<string>();
        for (var n = 1; n < 20; n++)
        {
            var run = bench.Start;
            turns.Add(run.Guest);
            bench.After(S).Event(GuestEventKind.Resumed, $"fresh {n}").Ends(run);
        }

        Assert.InRange(turns.IndexOf("silent"), 3, 7);
    }

    [Fact]
    public void Silent_guests_take_no_more_than_half_of_the_room()
    {
        var bench = new WatchBench(WatchPolicy.Default with { MaxActive = 4, MeasureEveryNs = 0, FirstRetryNs = 10 * S });
        for (var n = 0; n < 8; n++)
        {
            bench.Event(GuestEventKind.Resumed, $"silent {n}");
            bench.Ends(bench.Start, RecoveryOutcome.Failed, AgentFailure.AgentNotRunning);
        }

        bench.UntilStart();
        Assert.Equal(2, bench.Starts.Count());
        Assert.Equal(6, bench.State.Snapshot(bench.NowNs).Waiting);
        Assert.Null(bench.State.NextWakeNs);
        Assert.Equal("fresh", bench.Event(GuestEventKind.Resumed, "fresh").Start.Guest);
    }

    [Fact]
    public void Measurements_are_made_between_events_where_there_is_room()
    {
        var bench = new WatchBench(WatchPolicy.Default with { MaxActive = 8 });
        for (var n = 0; n < 5; n++)
        {
            bench.Event(GuestEventKind.Found, $"guest {n}");
            bench.Ends(bench.Start);
        }

        bench.After(60 * S);
        Assert.Equal(2, bench.Measurements.Count());
        Assert.Empty(bench.After(60 * S).Last);
        Assert.Null(bench.State.NextWakeNs);
    }

    [Fact]
    public void An_event_ends_a_measurement()
    {
        var bench = new WatchBench().Event(GuestEventKind.Found);
        bench.Ends(bench.Start).After(60 * S);
        var measurement = Assert.Single(bench.Measurements);
        Assert.Equal(measurement.Ticket, Assert.Single(bench.Event(GuestEventKind.Resumed).Cancels).Ticket);
        Assert.Empty(bench.Starts);
        bench.On(new MeasurementFinished("web", measurement.Ticket, new ClockOffset(20 * S, Ms)));
        Assert.Single(bench.Starts);
        Assert.Null(bench.State.Snapshot(bench.NowNs).Guests[0].Measured);
    }

    [Fact]
    public void A_guest_that_cannot_be_measured_is_asked_less_and_less_and_told_once()
    {
        var bench = new WatchBench().Event(GuestEventKind.Found);
        bench.Ends(bench.Start);
        var told = 0;
        var pauses = new List<long>();
        for (var n = 0; n < 8; n++)
        {
            var from = bench.NowNs;
            bench.After(bench.State.NextWakeNs!.Value - from);
            pauses.Add((bench.NowNs - from) / S);
            bench.On(new MeasurementFinished("web", Assert.Single(bench.Measurements).Ticket, null, AgentFailure.AgentNotRunning));
            told += bench.Told.Count();
        }

        Assert.Equal([60, 60, 120, 240, 480, 960, 960, 960], pauses);
        Assert.Equal(1, told);
        bench.After(960 * S).On(new MeasurementFinished("web", Assert.Single(bench.Measurements).Ticket, new ClockOffset(0, Ms)));
        Assert.False(Assert.Single(bench.Told).IsRaised);
        Assert.Equal(60 * S, bench.State.NextWakeNs - bench.NowNs);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(50 * Ms, true)]
    [InlineData(300 * Ms, false)]
    public void A_guest_that_is_measured_wrong_is_recovered_where_the_policy_says_so(long? aboveNs, bool recovers)
    {
        var bench = new WatchBench(WatchPolicy.Default with { RecoverAboveNs = aboveNs }).Event(GuestEventKind.Found);
        bench.Ends(bench.Start).After(60 * S);
        bench.On(new MeasurementFinished("web", Assert.Single(bench.Measurements).Ticket, new ClockOffset(-200 * Ms, Ms)));
        Assert.Equal(recovers ? [WatchTrigger.MeasuredWrong] : [], bench.Starts.Select(s => s.Reason.Trigger));
    }

    [Fact]
    public void Jitter_spreads_measurements_and_repeats_with_its_seed()
    {
        List<long?> Wakes(ulong seed)
        {
            var state = new WatchState(WatchPolicy.Default, seed);
            var wakes = new List<long?>();
            state.On(new HostJudged(Sane), 0);
            for (var n = 0; n < 100; n++)
            {
                var start = Assert.Single(state.On(new GuestHappened(new($"{n}", GuestEventKind.Found, 0)), 0).OfType<StartRecovery>());
                state.On(new RecoveryFinished($"{n}", start.Ticket, Result(RecoveryOutcome.InTime)), 0);
                wakes.Add(state.NextWakeNs);
            }

            return wakes;
        }

        Assert.Equal(Wakes(1), Wakes(1));
        Assert.NotEqual(Wakes(1), Wakes(2));
        Assert.All(Wakes(3), w => Assert.InRange(w!.Value, 48 * S, 72 * S));
    }
}
