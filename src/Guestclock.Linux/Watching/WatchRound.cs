using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using Guestclock.Linux.Agents;

namespace Guestclock.Linux.Watching;

/// <summary>When one round over all guests is over: each one that runs was recovered, or failed once, and no more come.</summary>
internal sealed class WatchRound(IHostClock clock)
{
    /// <summary>Sources find their guests within that.</summary>
    private const long QuietNs = 1_500_000_000;

    private const long MostNs = 120_000_000_000;

    private readonly long _startedNs = clock.MonotonicNs;
    private long _changedNs = clock.MonotonicNs;
    private int _guests;

    public bool IsOver(WatchSnapshot snapshot)
    {
        var nowNs = clock.MonotonicNs;
        if (snapshot.Guests.Count != _guests)
            (_guests, _changedNs) = (snapshot.Guests.Count, nowNs);
        if (nowNs - _startedNs > MostNs)
            return true;
        return nowNs - _changedNs > QuietNs && snapshot.Guests.All(IsDone);
    }

    /// <summary>Of each guest that runs, and of each source that could not tell its guests.</summary>
    public static IReadOnlyList<RecoveryOutcome> Outcomes(WatchSnapshot snapshot) =>
        [.. snapshot.Troubles.Select(_ => RecoveryOutcome.Failed), .. snapshot.Guests.Where(g => g.Phase == GuestPhase.Running).Select(g =>
            g.Standing == GuestStanding.Held ? RecoveryOutcome.HostNotSynchronized : g.LastRecovery?.Outcome ?? RecoveryOutcome.Cancelled)];

    private static bool IsDone(GuestSnapshot guest) =>
        guest.Phase != GuestPhase.Running || guest.LastRecovery is not null || guest.Standing == GuestStanding.Held;
}
