using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using static Guestclock.Tests.Discipline.Watch.WatchBench;

namespace Guestclock.Tests.Discipline.Watch;

public class WatchSimulationTests
{
    /// <summary>GUESTCLOCK_FUZZ_RUNS and GUESTCLOCK_FUZZ_SEED search further.</summary>
    [Fact]
    public void No_order_of_events_leaves_a_guest_unsynchronised()
    {
        var runs = int.TryParse(Environment.GetEnvironmentVariable("GUESTCLOCK_FUZZ_RUNS"), out var r) ? r : 3000;
        var seed = int.TryParse(Environment.GetEnvironmentVariable("GUESTCLOCK_FUZZ_SEED"), out var s) ? s : 20260101;
        var recoveries = 0;
        for (var run = 0; run < runs; run++)
        {
            var simulation = new WatchSimulation(seed + run);
            try
            {
                simulation.Run();
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed + run}: {e.Message}", e);
            }

            recoveries += simulation.Recoveries;
        }

        Assert.True(recoveries > 5 * runs, $"{recoveries} recoveries in {runs} runs");
    }

    /// <summary>Every guest is resumed at once, a third of them has no agent: none of the others waits for those.</summary>
    [Fact]
    public void A_storm_of_200_guests_is_worked_off_in_its_order()
    {
        var state = new WatchState(WatchPolicy.Default with { MaxActive = 16, MeasureEveryNs = 0 }, 1);
        state.On(new HostJudged(Sane), 0);
        var agenda = new PriorityQueue<StartRecovery, long>();
        var done = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var n = 0; n < 200; n++)
            Take(state.On(new GuestHappened(new($"guest {n}", GuestEventKind.Resumed, 0)), 0), 0);
        while (done.Count < 133)
        {
            if (!agenda.TryPeek(out _, out var at) || state.NextWakeNs < at)
            {
                at = state.NextWakeNs!.Value;
                Take(state.On(new Tick(), at), at);
                continue;
            }

            var run = agenda.Dequeue();
            var isSilent = IsSilent(run.Guest);
            if (!isSilent)
                done.Add(run.Guest, at);
            Take(state.On(new RecoveryFinished(run.Guest, run.Ticket, Result(isSilent ? RecoveryOutcome.Failed : RecoveryOutcome.Recovered, isSilent ? AgentFailure.AgentNotRunning : null)), at), at);
        }

        // 133 runs of 0.1 s and 67 of 3 s on 16 places: 13.4 s, were no retries among them.
        Assert.InRange(done.Values.Max(), 1 * S, 25 * S);

        void Take(IReadOnlyList<WatchAction> actions, long nowNs)
        {
            foreach (var start in actions.OfType<StartRecovery>())
                agenda.Enqueue(start, nowNs + (IsSilent(start.Guest) ? 3 * S : 100 * Ms));
            Assert.InRange(agenda.Count, 0, 16);
        }

        static bool IsSilent(string guest) => int.Parse(guest["guest ".Length..]) % 3 == 0;
    }
}
