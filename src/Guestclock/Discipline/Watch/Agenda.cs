namespace Guestclock.Discipline.Watch;

/// <summary>
/// Whose turn it is. Recoveries come before measurements; among them the one that is owed longest, where the repeated try of a silent
/// guest counts as owed a little later. One run per guest, and no more in all than the policy allows. Guests are kept in their order, so
/// that what happens to one costs no look at the others.
/// </summary>
internal sealed class Agenda
{
    private readonly Lane _later = new();
    private readonly Lane _fresh = new();
    private readonly Lane _retries = new();
    private readonly Lane _measurements = new();
    private int _active;
    private int _activeRetries;
    private int _activeMeasurements;

    public bool IsIdle => _active == 0;

    /// <summary>The next instant at which somebody's turn may come without anything else happening; who is due already waits for room, not for time.</summary>
    public long? NextNs => _later.Min?.Key;

    /// <summary>Recoveries that are due and wait for room.</summary>
    public static int Waiting(IEnumerable<WatchedGuest> guests, long nowNs) => guests.Count(g => IsOwed(g) && DueNs(g) <= nowNs);

    /// <summary>To be called whenever something about the guest has changed.</summary>
    public void Put(WatchedGuest guest, WatchPolicy policy, long nowNs)
    {
        var old = guest.Seat;
        old?.Lane?.Remove(old);
        Count(old, -1);
        guest.Seat = SeatOf(guest, policy, nowNs);
        guest.Seat.Lane?.Add(guest.Seat);
        Count(guest.Seat, 1);
    }

    /// <summary>The guest that may begin now: a recovery where one is owed, else a measurement; null: none. It is put in its place again once it runs.</summary>
    public WatchedGuest? Next(WatchPolicy policy, long nowNs)
    {
        while (_later.Min is { } due && due.Key <= nowNs)
            Put(due.Guest, policy, nowNs);
        if (_active >= policy.MaxActive)
            return null;
        var retry = _activeRetries < policy.MaxRetries ? _retries.Min : null;
        var owed = _fresh.Min is { } fresh && (retry is null || Lane.Compare(fresh, retry) < 0) ? fresh : retry;
        return (owed ?? (_activeMeasurements < policy.MaxMeasurements ? _measurements.Min : null))?.Guest;
    }

    private static bool IsOwed(WatchedGuest guest) => guest is { Phase: GuestPhase.Running, Run: null, Debt: not null };

    private static long DueNs(WatchedGuest guest) => Math.Max(guest.Debt!.DueNs, guest.Runs.EarliestNs);

    private Seat SeatOf(WatchedGuest guest, WatchPolicy policy, long nowNs)
    {
        if (guest.Run is { } run)
            return new(guest, null, 0) { IsRunning = true, IsRetry = run.IsRetry, IsMeasurement = !run.IsRecovery };
        if (IsOwed(guest))
            return DueNs(guest) > nowNs ? new(guest, _later, DueNs(guest)) : new(guest, guest.Debt!.IsSilent ? _retries : _fresh, guest.Debt.RankNs);
        return policy.MeasureEveryNs > 0 && guest.Phase == GuestPhase.Running
            ? new(guest, guest.MeasureAtNs > nowNs ? _later : _measurements, guest.MeasureAtNs) : new(guest, null, 0);
    }

    private void Count(Seat? seat, int by)
    {
        _active += seat is { IsRunning: true } ? by : 0;
        _activeRetries += seat is { IsRetry: true } ? by : 0;
        _activeMeasurements += seat is { IsMeasurement: true } ? by : 0;
    }

    /// <summary>Where a guest stands: in a lane by its key (an instant or a rank, ns), or nowhere.</summary>
    internal sealed record Seat(WatchedGuest Guest, Lane? Lane, long Key)
    {
        public bool IsRunning { get; init; }

        public bool IsRetry { get; init; }

        public bool IsMeasurement { get; init; }
    }

    /// <summary>Guests in the order of their keys, and of their names where those are the same.</summary>
    internal sealed class Lane
    {
        private readonly SortedSet<Seat> _seats = new(Comparer<Seat>.Create(Compare));

        public Seat? Min => _seats.Min;

        public static int Compare(Seat a, Seat b) => a.Key != b.Key ? a.Key.CompareTo(b.Key) : string.CompareOrdinal(a.Guest.Name, b.Guest.Name);

        public void Add(Seat seat) => _seats.Add(seat);

        public void Remove(Seat seat) => _seats.Remove(seat);
    }
}
