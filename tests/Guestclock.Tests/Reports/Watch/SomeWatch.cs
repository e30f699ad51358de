using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using Guestclock.Discipline.Watch.Tracking;

namespace Guestclock.Tests.Reports.Watch;

/// <summary>A watch that has seen a little of everything.</summary>
internal static class SomeWatch
{
    public const long Ms = 1_000_000;
    public const long S = 1000 * Ms;
    public const long NowNs = 1_795_257_000_000_000_000;

    public static WatchSnapshot Snapshot(params GuestSnapshot[] guests)
    {
        var state = new WatchState(WatchPolicy.Default with { Jitter = 0 }, 1);
        state.On(new HostJudged(HostSanity.Synchronized(2 * Ms, "chronyd, stratum 3, 192.0.2.1")), 900 * S);
        var start = state.On(new GuestHappened(new("web", GuestEventKind.Resumed, 990 * S)), 990 * S).OfType<StartRecovery>().Single();
        var result = new RecoveryResult("web", RecoveryOutcome.Recovered, 10 * Ms) { Before = new(-20 * S, Ms), After = new(41_000, 420_000), Sets = [new(0, 0)], TookNs = 900 * Ms, ProofNs = 812 * Ms };
        state.On(new RecoveryFinished("web", start.Ticket, result), 991 * S);
        state.On(new GuestHappened(new("standing", GuestEventKind.Paused, 995 * S)), 995 * S);
        start = state.On(new GuestHappened(new("db", GuestEventKind.Migrated, 998 * S)), 998 * S).OfType<StartRecovery>().Single();
        result = new("db", RecoveryOutcome.Failed, 10 * Ms) { Failure = AgentFailure.Blocked, Detail = "the guest's configuration blocks guest-set-time" };
        state.On(new RecoveryFinished("db", start.Ticket, result), 999 * S);
        state.On(new GuestHappened(new("new", GuestEventKind.Started, 999 * S)), 999 * S);
        var snapshot = state.Snapshot(1000 * S);
        return snapshot with { Guests = [.. snapshot.Guests, .. guests] };
    }

    public static GuestSnapshot Guest(string name) => new(name, GuestPhase.Running, GuestStanding.Off, GuestEventKind.Found, 900 * S, [(GuestEventKind.Found, 900 * S)])
    {
        Measured = new ClockSample(940 * S, new(-61 * Ms, Ms)),
        Drift = new(-51_200, 900, DriftTrend.Away, 20, 1200 * S),
    };
}
