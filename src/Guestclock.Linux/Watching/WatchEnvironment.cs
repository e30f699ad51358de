using Guestclock.Discipline.Watch;
using Guestclock.Linux.Agents;

namespace Guestclock.Linux.Watching;

/// <summary>What the watch stands in; the lab and tests give their own.</summary>
/// <param name="Clock">What guests are set to, and what counts the time.</param>
/// <param name="Disruptions">Tells when the host slept or its clock was stepped.</param>
/// <param name="JudgeHost">Whether the host's clock may be spread; asked now and then.</param>
/// <param name="Sources">The sources of guests that the settings name; they tell their troubles to the given place.</param>
/// <param name="Version">Of this program.</param>
public sealed record WatchEnvironment(
    IHostClock Clock, IHostDisruptions Disruptions, Func<HostSanity> JudgeHost, Func<WatchSettings, Action<WatchInput>, IReadOnlyList<IGuestSource>> Sources, string Version)
{
    /// <summary>Shown each record that is told, as it is; the lines are written in any case.</summary>
    public Action<WatchRecord>? OnRecord { get; init; }

    /// <summary>This host.</summary>
    public static WatchEnvironment Host(string version) => new(
        HostClock.Instance, new HostDisruptions(HostClock.Instance), () => HostTimeReading.Read().Judge(HostClock.Instance.RealtimeNs), GuestSources.Of, version);
}
