namespace Guestclock.Discipline.Watch;

/// <summary>All guests, and what concerns all of them. A guest that is gone is forgotten when its last run has ended.</summary>
internal sealed class GuestBook(WatchPolicy policy)
{
    private readonly Dictionary<string, WatchedGuest> _guests = new(StringComparer.Ordinal);
    private readonly Agenda _agenda = new();
    private readonly List<WatchedGuest> _touched = [];
    private bool _isFull;

    public WatchPolicy Policy { get; private set; } = policy;

    public WatchCounters Counters { get; } = new();

    public IReadOnlyCollection<WatchedGuest> All => _guests.Values;

    public bool IsIdle => _agenda.IsIdle;

    /// <summary>When somebody's turn may come without anything else happening.</summary>
    public long? NextNs => _agenda.NextNs;

    /// <summary>To be looked at only.</summary>
    public WatchedGuest? Peek(string name) => _guests.GetValueOrDefault(name);

    /// <summary>To be changed.</summary>
    public WatchedGuest? Find(string name)
    {
        var guest = Peek(name);
        if (guest is not null)
            _touched.Add(guest);
        return guest;
    }

    /// <summary>Begins what is to be begun now, after a change.</summary>
    public void Begin(bool mayAsk, long nowNs, ref long tickets, List<WatchAction> actions)
    {
        foreach (var guest in _touched)
            _agenda.Put(guest, Policy, nowNs);
        _touched.Clear();
        while (mayAsk && _agenda.Next(Policy, nowNs) is { } next)
        {
            actions.Add(Begin(next, ++tickets, nowNs));
            _agenda.Put(next, Policy, nowNs);
        }
    }

    /// <summary>A new guest; null, told once, when there are too many.</summary>
    public WatchedGuest? Add(string name, long nowNs, List<WatchAction> actions)
    {
        if (_guests.Count < Policy.MaxGuests)
        {
            var guest = new WatchedGuest(name) { MeasureAtNs = nowNs };
            _guests.Add(name, guest);
            _touched.Add(guest);
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

    public void CancelAll(List<WatchAction> actions)
    {
        foreach (var guest in All)
            guest.Cancel(actions);
    }

    /// <summary>Every guest's clock may be wrong; one that is paused is owed its recovery when it runs again.</summary>
    public void DisruptAll(WatchTrigger trigger, long nowNs, List<WatchAction> actions)
    {
        _touched.AddRange(All);
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
        _touched.AddRange(All);
        foreach (var guest in All)
            guest.MeasureAtNs = Math.Min(guest.MeasureAtNs, nowNs + policy.MeasureEveryNs);
    }

    private static WatchAction Begin(WatchedGuest guest, long ticket, long nowNs)
    {
        if (guest.Debt is not { } debt)
        {
            guest.Run = new(ticket, null, false);
            return new StartMeasurement(guest.Name, ticket);
        }

        debt.Attempts++;
        _ = guest.Runs.TryTake(nowNs);
        guest.Run = new(ticket, debt.Reason, debt.IsSilent) { Debt = debt };
        return new StartRecovery(guest.Name, ticket, debt.Reason);
    }
}
