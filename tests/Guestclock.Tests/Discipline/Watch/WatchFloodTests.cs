using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using static Guestclock.Tests.Discipline.Watch.WatchBench;

namespace Guestclock.Tests.Discipline.Watch;

/// <summary>What a guest can bring about by itself (resets, its agent coming and going, failures of any kind) costs the host only so much.</summary>
public class WatchFloodTests
{
    [Fact]
    public void A_guest_whose_agent_comes_all_the_time_and_fails_in_turns_is_asked_and_told_of_in_bounds()
    {
        var bench = new WatchBench().Event(GuestEventKind.Started);
        var (starts, lines, from) = (0, 0, bench.NowNs);
        Count();
        var failures = new[] { AgentFailure.HungUp, AgentFailure.Malformed, AgentFailure.Blocked };
        while (bench.NowNs - from < 600 * S)
        {
            bench.Event(GuestEventKind.AgentConnected);
            Count();
            foreach (var start in bench.Starts.ToArray())
            {
                bench.Ends(start, RecoveryOutcome.Failed, failures[starts % 3]);
                Count();
            }

            bench.After(10 * Ms);
            Count();
        }

        Assert.InRange(starts, 20, 400);
        Assert.InRange(lines, 20, 300);

        void Count()
        {
            starts += bench.Starts.Count();
            lines += bench.Told.Count();
        }
    }

    [Fact]
    public void A_guest_that_is_reset_and_comes_up_in_a_loop_is_told_of_in_bounds_and_another_one_at_once()
    {
        var bench = new WatchBench();
        var lines = 0;
        var runs = new Queue<StartRecovery>();
        for (var n = 0; n < 20_000; n++)
        {
            foreach (var kind in (GuestEventKind[])[GuestEventKind.Reset, GuestEventKind.AgentConnected, GuestEventKind.RtcChanged])
            {
                bench.Event(kind);
                Count();
            }

            bench.After(5 * Ms);
            Count();
            while (runs.TryDequeue(out var run))
            {
                bench.Ends(run, RecoveryOutcome.Cancelled);
                Count();
            }
        }

        Assert.InRange(lines, 1, 200);
        Assert.Single(bench.Event(GuestEventKind.Resumed, "other").Starts, s => s.Guest == "other");
        Assert.Contains(bench.Told, r => r.Guest == "other");

        void Count()
        {
            lines += bench.Told.Count();
            foreach (var start in bench.Starts)
                runs.Enqueue(start);
        }
    }

    [Fact]
    public void Left_out_lines_are_told_of_once()
    {
        var bench = new WatchBench();
        var told = new List<WatchRecord>();
        for (var n = 0; n < 1000; n++)
        {
            told.AddRange(bench.Event(n % 2 == 0 ? GuestEventKind.Paused : GuestEventKind.Resumed).Told);
            bench.After(Ms);
        }

        Assert.Single(told, r => r.Detail.Contains("left out", StringComparison.Ordinal));
    }

    [Fact]
    public void Disruptions_one_after_the_other_are_each_recovered_at_once()
    {
        var bench = new WatchBench();
        for (var n = 0; n < 15; n++)
        {
            bench.Event(GuestEventKind.Paused);
            bench.Ends(bench.Event(GuestEventKind.Resumed).Start);
            Assert.Equal(2, bench.Told.Count() + 1);
            bench.After(S);
        }
    }
}
