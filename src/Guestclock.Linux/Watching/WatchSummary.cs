using System.Globalization;
using Guestclock.Discipline.Watch;

namespace Guestclock.Linux.Watching;

/// <summary>All guests in one line, for the service manager.</summary>
internal static class WatchSummary
{
    public static string Of(WatchSnapshot snapshot)
    {
        var guests = snapshot.Guests.Count == 1 ? "1 guest" : string.Create(CultureInfo.InvariantCulture, $"{snapshot.Guests.Count} guests");
        var wrong = snapshot.Guests.Where(g => g.Standing is not (GuestStanding.Right or GuestStanding.Paused))
            .GroupBy(g => g.Standing).OrderBy(g => g.Key).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} {g.Key.ToString().ToLowerInvariant()}"));
        var text = string.Join(", ", wrong);
        var host = snapshot.Host.IsSynchronized ? "" : "; the host's clock is not known to be synchronised";
        return (snapshot.Guests.Count == 0 ? "no guests" : text.Length == 0 ? $"{guests}, all right" : $"{guests}: {text}") + host + string.Concat(snapshot.Troubles.Select(t => $"; {t.Source} cannot be asked"));
    }
}
