using Guestclock.Discipline.Watch.Tracking;

namespace Guestclock.Discipline.Watch;

/// <summary>One guest as the watch knows it.</summary>
internal sealed class WatchedGuest(string name)
{
    private static readonly int Kinds = Enum.GetValues<GuestEventKind>().Length;

    private readonly long?[] _eventsNs = new long?[Kinds];
    private readonly long?[] _toldNs = new long?[Kinds];

    public string Name => name;

    /// <summary>Gone until the first event has been taken.</summary>
    public GuestPhase Phase { get; set; } = GuestPhase.Gone;

    public GuestRun? Run { get; set; }

    public RecoveryDebt? Debt { get; set; }

    public GuestTrack Track { get; } = new();

    public GuestEventKind LastEvent { get; private set; }

    public long LastEventNs { get; private set; }

    public RecoveryResult? LastResult { get; set; }

    public long? LastResultNs { get; set; }

    /// <summary>When the next measurement is due.</summary>
    public long MeasureAtNs { get; set; }

    /// <summary>Measurements in a row without an answer.</summary>
    public int Unmeasured { get; set; }

    /// <summary>Why it could not be measured the last time; null when it could.</summary>
    public AgentFailure? MeasureFailure { get; set; }

    public void Remember(GuestEventKind kind, long atNs)
    {
        _eventsNs[(int)kind] = atNs;
        (LastEvent, LastEventNs) = (kind, atNs);
    }

    /// <summary>Ends what runs; its result will count for nothing.</summary>
    public void Cancel(List<WatchAction> actions)
    {
        if (Run is not { IsCancelled: false } run)
            return;
        run.IsCancelled = true;
        actions.Add(new CancelRun(name, run.Ticket));
    }

    /// <summary>Its clock may be wrong since then: what runs is ended, and a recovery is owed.</summary>
    /// <param name="sinceNs">When it was learned of.</param>
    /// <param name="dueNs">Not before.</param>
    public void Owe(WatchTrigger trigger, long sinceNs, long dueNs, string detail, List<WatchAction> actions)
    {
        Track.Disrupt();
        if (!MayGoOn(trigger))
            Cancel(actions);
        var unserved = Debt is { Attempts: 0 } ? Debt : null;
        // That a guest was found says less than the event which is still to be served.
        if (unserved is not null && trigger == WatchTrigger.Found)
            return;
        Debt = new(trigger, sinceNs, detail) { DueNs = dueNs, RankNs = Math.Min(unserved?.RankNs ?? dueNs, dueNs) };
    }

    /// <summary>
    /// A guest that migrated, say, tells that it runs on and then that it has migrated: the recovery that the first word began goes on, and
    /// another one looks afterwards whether it was enough. (A pause in between has cancelled it.)
    /// </summary>
    private bool MayGoOn(WatchTrigger trigger) =>
        Run is { IsRecovery: true } && trigger is WatchTrigger.Found or WatchTrigger.Resumed or WatchTrigger.Restored or WatchTrigger.Migrated;

    /// <summary>The agent says that it is there: what is owed is tried at once, also when the run that is under way finds nobody.</summary>
    public void AgentCame(long nowNs)
    {
        if (Run is { IsRecovery: true } run)
            run.HasAgentCome = true;
        else if (Debt is { } debt)
            debt.Hasten(nowNs);
    }

    /// <summary>Events that a guest itself brings about are told at most once in that time.</summary>
    public bool MayTell(GuestEventKind kind, long atNs)
    {
        const long PauseNs = 10_000_000_000;
        if (kind is GuestEventKind.RtcChanged or GuestEventKind.AgentConnected or GuestEventKind.Reset
            && _toldNs[(int)kind] is { } told && atNs - told < PauseNs)
            return false;
        _toldNs[(int)kind] = atNs;
        return true;
    }

    public IReadOnlyList<(GuestEventKind Kind, long AtNs)> Events =>
        [.. _eventsNs.Select((at, kind) => (Kind: (GuestEventKind)kind, At: at)).Where(e => e.At is not null).Select(e => (e.Kind, e.At!.Value))];
}
