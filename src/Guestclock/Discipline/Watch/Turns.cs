namespace Guestclock.Discipline.Watch;

/// <summary>
/// Whose turn it is. Recoveries come before measurements; among them the one that is owed longest, where the repeated try of a silent
/// guest counts as owed a little later. One run per guest, and no more in all than the policy allows.
/// </summary>
internal sealed class Turns(WatchPolicy policy, bool mayAsk)
{
    /// <summary>The guests that may begin now, in their order; a recovery where one is owed, else a measurement.</summary>
    public List<WatchedGuest> Now(IReadOnlyCollection<WatchedGuest> guests, long nowNs)
    {
        var active = guests.Count(g => g.Run is not null);
        var chosen = new List<WatchedGuest>();
        if (!mayAsk || active >= policy.MaxActive)
            return chosen;
        var retries = guests.Count(g => g.Run is { IsRetry: true });
        foreach (var guest in guests.Where(g => IsOwed(g) && g.Debt!.DueNs <= nowNs).OrderBy(g => g.Debt!.RankNs).ThenBy(g => g.Name, StringComparer.Ordinal))
        {
            if (active + chosen.Count >= policy.MaxActive)
                return chosen;
            if (guest.Debt!.IsSilent && ++retries > policy.MaxRetries)
                continue;
            chosen.Add(guest);
        }

        var measurements = guests.Count(g => g.Run is { IsRecovery: false });
        var room = Math.Min(policy.MaxActive - active - chosen.Count, policy.MaxMeasurements - measurements);
        if (room > 0)
            chosen.AddRange(guests.Where(g => IsMeasured(g) && g.MeasureAtNs <= nowNs).OrderBy(g => g.MeasureAtNs).ThenBy(g => g.Name, StringComparer.Ordinal).Take(room));
        return chosen;
    }

    /// <summary>The next instant at which somebody's turn may come without anything else happening; who is due already waits for room, not for time.</summary>
    public long? NextNs(IReadOnlyCollection<WatchedGuest> guests, long nowNs)
    {
        long? next = null;
        if (!mayAsk)
            return next;
        foreach (var guest in guests)
        {
            long? due = IsOwed(guest) ? guest.Debt!.DueNs : IsMeasured(guest) ? guest.MeasureAtNs : null;
            if (due > nowNs && (next is null || due < next))
                next = due;
        }

        return next;
    }

    /// <summary>Recoveries that are due and wait for room.</summary>
    public static int Waiting(IEnumerable<WatchedGuest> guests, long nowNs) => guests.Count(g => IsOwed(g) && g.Debt!.DueNs <= nowNs);

    private static bool IsOwed(WatchedGuest guest) => guest is { Phase: GuestPhase.Running, Run: null, Debt: not null };

    private bool IsMeasured(WatchedGuest guest) => policy.MeasureEveryNs > 0 && guest is { Phase: GuestPhase.Running, Run: null, Debt: null };
}
