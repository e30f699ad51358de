using System.Threading.Channels;
using Guestclock.Discipline.Watch;

namespace Guestclock.Linux.Watching;

/// <summary>Tells when the host slept or its clock was stepped. The lab and tests have one that they raise themselves.</summary>
public interface IHostDisruptions
{
    /// <summary>Tells each disruption until it is stopped; as <see cref="HostSlept"/> or <see cref="HostStepped"/>.</summary>
    Task RunAsync(ChannelWriter<WatchInput> events, CancellationToken cancellationToken);
}
