using Guestclock.Discipline;
using Guestclock.Discipline.Watch;

namespace Guestclock.Tests.Discipline.Watch;

/// <summary>A watch with a simulated clock, and short words for what happens to it. No jitter: times are exact.</summary>
internal sealed class WatchBench
{
    public const long Ms = 1_000_000;
    public const long S = 1000 * Ms;

    public static readonly HostSanity Sane = HostSanity.Synchronized(Ms, "test");

    public WatchBench(WatchPolicy? policy = null, HostSanity? host = null)
    {
        State = new((policy ?? WatchPolicy.Default) with { Jitter = 0 }, 1);
        On(new HostJudged(host ?? Sane));
    }

    public WatchState State { get; }

    public long NowNs { get; private set; } = 1000 * S;

    /// <summary>What the last input brought.</summary>
    public IReadOnlyList<WatchAction> Last { get; private set; } = [];

    public IEnumerable<StartRecovery> Starts => Last.OfType<StartRecovery>();

    public IEnumerable<StartMeasurement> Measurements => Last.OfType<StartMeasurement>();

    public IEnumerable<CancelRun> Cancels => Last.OfType<CancelRun>();

    public IEnumerable<WatchRecord> Told => Last.OfType<Tell>().Select(t => t.Record);

    public static RecoveryResult Result(RecoveryOutcome outcome, AgentFailure? failure = null, ClockOffset? after = null) =>
        new("web", outcome, 10 * Ms) { Failure = failure, After = after, TookNs = 100 * Ms, ProofNs = outcome == RecoveryOutcome.Recovered ? 80 * Ms : null };

    public WatchBench On(WatchInput input)
    {
        Last = State.On(input, NowNs);
        return this;
    }

    public WatchBench Event(GuestEventKind kind, string guest = "web") => On(new GuestHappened(new(guest, kind, NowNs)));

    public WatchBench Ends(StartRecovery run, RecoveryOutcome outcome = RecoveryOutcome.Recovered, AgentFailure? failure = null, ClockOffset? after = null) =>
        On(new RecoveryFinished(run.Guest, run.Ticket, Result(outcome, failure, after)));

    public WatchBench After(long ns)
    {
        NowNs += ns;
        return On(new Tick());
    }

    /// <summary>Lets time pass until something is begun; returns how long that was.</summary>
    public long UntilStart(long mostNs = 3600 * S)
    {
        var from = NowNs;
        while (!Starts.Any() && State.NextWakeNs is { } wake && wake - from <= mostNs)
            After(wake - NowNs);
        return NowNs - from;
    }

    /// <summary>The only recovery that the last input began.</summary>
    public StartRecovery Start => Assert.Single(Starts);
}
