using System.Threading.Channels;
using Guestclock.Discipline.Watch;
using Guestclock.Linux.Agents;

namespace Guestclock.Linux.Watching;

/// <summary>Where guests come from: libvirt, or a glob of QMP sockets.</summary>
public interface IGuestSource
{
    /// <summary>For people: <c>libvirt qemu:///system</c>, <c>QMP /run/vms/*/qmp</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Tells all events until it is stopped. It never throws for what happens outside: a daemon that restarts, a socket that vanishes.
    /// After each gap it tells <see cref="GuestEventKind.Found"/> of every guest that runs and <see cref="GuestEventKind.Gone"/> of each that does not.
    /// </summary>
    Task RunAsync(ChannelWriter<GuestEvent> events, CancellationToken cancellationToken);

    /// <summary>Opens the way to that guest's agent.</summary>
    /// <exception cref="AgentException">There is none.</exception>
    Task<IGuestAgent> OpenAgentAsync(string guest, CancellationToken cancellationToken);

    /// <summary>
    /// Opens the way to a second agent in the same guest, which can measure while the first still writes the RTC; null where there is none,
    /// which is the common case.
    /// </summary>
    Task<IGuestAgent?> OpenProverAsync(string guest, CancellationToken cancellationToken) => Task.FromResult<IGuestAgent?>(null);
}
