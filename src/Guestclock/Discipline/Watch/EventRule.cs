namespace Guestclock.Discipline.Watch;

/// <summary>What an event does to a guest.</summary>
internal static class EventRule
{
    public static void Apply(GuestBook book, GuestEvent e, long nowNs, List<WatchAction> actions)
    {
        var guest = book.Find(e.Guest) ?? (e.Kind == GuestEventKind.Gone ? null : book.Add(e.Guest, nowNs, actions));
        if (guest is null)
            return;
        var isNew = guest.Phase == GuestPhase.Gone;
        book.Counters.Events[e.Kind] = book.Counters.Events.GetValueOrDefault(e.Kind) + 1;
        guest.Remember(e.Kind, nowNs);
        if (guest.MayTell(e.Kind, nowNs))
            actions.Add(new Tell(new(WatchRecordKind.GuestEvent, nowNs) { Guest = guest.Name, Event = e.Kind, Detail = e.Detail }));

        switch (e.Kind)
        {
            case GuestEventKind.Paused:
                guest.Phase = GuestPhase.Paused;
                guest.Track.Disrupt();
                guest.Cancel(actions);
                return;
            case GuestEventKind.Gone:
                guest.Phase = GuestPhase.Gone;
                guest.Debt = null;
                guest.Track.Disrupt();
                guest.Cancel(actions);
                book.ForgetIfGone(guest);
                return;
            case GuestEventKind.AgentConnected when !isNew:
                guest.AgentCame(nowNs);
                return;
            case GuestEventKind.RtcChanged when !isNew:
                // guest-set-time makes the guest write its RTC: no disruption, or each recovery would bring on the next.
                return;
            case GuestEventKind.Reset when !isNew:
                // A guest can be reset while it is paused.
                break;
            default:
                guest.Phase = GuestPhase.Running;
                break;
        }

        var trigger = TriggerOf(e.Kind);
        var delayNs = trigger is WatchTrigger.Started or WatchTrigger.Reset ? book.Policy.BootDelayNs : 0;
        guest.Owe(trigger, Math.Min(e.AtNs, nowNs), nowNs + delayNs, e.Detail, actions);
    }

    private static WatchTrigger TriggerOf(GuestEventKind kind) => kind switch
    {
        GuestEventKind.Started => WatchTrigger.Started,
        GuestEventKind.Resumed => WatchTrigger.Resumed,
        GuestEventKind.Restored => WatchTrigger.Restored,
        GuestEventKind.Migrated => WatchTrigger.Migrated,
        GuestEventKind.Reset => WatchTrigger.Reset,

        // It runs, and nobody had told.
        _ => WatchTrigger.Found,
    };
}
