namespace Guestclock.Discipline.Watch;

/// <summary>Takes the snapshot of what the watch knows.</summary>
internal static class Picture
{
    public static WatchSnapshot Take(GuestBook book, long nowNs, HostSanity host, long hostSinceNs, bool isHeld) => new(
        nowNs, host, hostSinceNs,
        [.. book.All.Where(g => g.Phase != GuestPhase.Gone).OrderBy(g => g.Name, StringComparer.Ordinal).Select(g => Of(g, isHeld))],
        book.Counters.Totals,
        Recovering: book.All.Count(g => g.Run is { IsRecovery: true }),
        Measuring: book.All.Count(g => g.Run is { IsRecovery: false }),
        Waiting: Agenda.Waiting(book.All, nowNs),
        Owed: book.All.Count(g => g.Debt is not null));

    private static GuestSnapshot Of(WatchedGuest guest, bool isHeld) => new(guest.Name, guest.Phase, Standing(guest, isHeld), guest.LastEvent, guest.LastEventNs, guest.Events)
    {
        Measured = guest.Track.Last,
        Drift = guest.Track.Drift,
        LastRecovery = guest.LastResult,
        LastRecoveryNs = guest.LastResultNs,
        Owed = guest.Debt?.Reason,
        NextTryNs = guest is { Debt: { } debt, Run: null, Phase: GuestPhase.Running } && !isHeld ? debt.DueNs : null,
        Failure = guest.Debt?.LastFailure ?? guest.MeasureFailure,
    };

    private static GuestStanding Standing(WatchedGuest guest, bool isHeld) => guest switch
    {
        { Phase: GuestPhase.Paused } => GuestStanding.Paused,
        { Debt: not null } when isHeld => GuestStanding.Held,
        { Debt.LastOutcome: not (null or RecoveryOutcome.Cancelled) } => GuestStanding.Failing,
        { Debt: not null } => GuestStanding.Pending,
        { MeasureFailure: not null } => GuestStanding.Unmeasured,
        { Track.IsOffsetAlarmed: true } or { Track.IsDriftAlarmed: true } => GuestStanding.Off,
        _ => GuestStanding.Right,
    };
}
