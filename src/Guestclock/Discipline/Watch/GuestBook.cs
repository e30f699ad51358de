namespace Guestclock.Discipline.Watch;

/// <summary>All guests, and what concerns all of them. A guest that is gone is forgotten when its last run has ended.</summary>
internal sealed class GuestBook(WatchPolicy policy)
{
    private readonly Dictionary<string, WatchedGuest> _guests = new(StringComparer.Ordinal);
    private bool _isFull;

    public WatchPolicy Policy { get; private set; } = policy;

    public WatchCounters Counters { get; } = new();

    public IReadOnlyCollection<WatchedGuest> All => _guests.Values;

    public WatchedGuest? Find(string name) => _guests.GetValueOrDefault(name);

    /// <summary>A new guest; null, told once, when there are too many.</summary>
    public WatchedGuest? Add(string name, long nowNs, List<WatchAction> actions)
    {
        if (_guests.Count < Policy.MaxGuests)
        {
            var guest = new WatchedGuest(name) { MeasureAtNs = nowNs };
            _guests.Add(name, guest);
            return guest;
        }

        if (!_isFull)
            actions.Add(new Tell(new(WatchRecordKind.Source, nowNs) { Guest = name, IsRaised = true, Detail = $"more than {Policy.MaxGuests} guests: the others are not watched" }));
        _isFull = true;
        return null;
    }

    public void ForgetIfGone(WatchedGuest guest)
    {
        if (guest is not { Phase: GuestPhase.Gone, Run: null })
            return;
        _guests.Remove(guest.Name);
        _isFull = false;
    }

    /// <summary>The run's guest, which runs nothing any more; null when that run is not the guest's (any more).</summary>
    public (WatchedGuest Guest, GuestRun Run)? End(string name, long ticket, bool isRecovery)
    {
        if (Find(name) is not { Run: { } run } guest || run.Ticket != ticket || run.IsRecovery != isRecovery)
            return null;
        guest.Run = null;
        return (guest, run);
    }

    public static WatchAction Begin(WatchedGuest guest, long ticket)
    {
        if (guest.Debt is not { } debt)
        {
            guest.Run = new(ticket, null, false);
            return new StartMeasurement(guest.Name, ticket);
        }

        debt.Attempts++;
        guest.Run = new(ticket, debt.Reason, debt.IsSilent) { Debt = debt };
        return new StartRecovery(guest.Name, ticket, debt.Reason);
    }

    public void CancelAll(List<WatchAction> actions)
    {
        foreach (var guest in All)
            guest.Cancel(actions);
    }

    /// <summary>Every guest's clock may be wrong; one that is paused is owed its recovery when it runs again.</summary>
    public void DisruptAll(WatchTrigger trigger, long nowNs, List<WatchAction> actions)
    {
        foreach (var guest in All.Where(g => g.Phase == GuestPhase.Running))
            guest.Owe(trigger, nowNs, nowNs, "", actions);
    }

    /// <summary>No drift is measured across this instant.</summary>
    public void BreakLines()
    {
        foreach (var guest in All)
            guest.Track.Disrupt();
    }

    public void Follow(WatchPolicy policy, long nowNs)
    {
        Policy = policy;
        foreach (var guest in All)
            guest.MeasureAtNs = Math.Min(guest.MeasureAtNs, nowNs + policy.MeasureEveryNs);
    }
}
