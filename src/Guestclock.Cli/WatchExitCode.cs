using Guestclock.Discipline.Watch;

namespace Guestclock.Cli;

/// <summary>The exit code of <c>watch status</c>: 0 all is right, 1 something is not, 2 a guest could not be put right.</summary>
internal static class WatchExitCode
{
    public static int Of(WatchSnapshot snapshot) =>
        snapshot.Guests.Any(g => g.Standing == GuestStanding.Failing) ? ExitCodes.Critical
        : !snapshot.Host.IsSynchronized || snapshot.Troubles.Count > 0 || snapshot.Guests.Any(g => g.Standing is not (GuestStanding.Right or GuestStanding.Paused)) ? ExitCodes.Warning
        : ExitCodes.Ok;
}
