using System.Threading.Channels;
using Guestclock.Discipline.Watch.Host;

namespace Guestclock.Linux.Watching;

/// <summary>Tells when the host slept or its clock was stepped. The lab and tests have one that they raise themselves.</summary>
public interface IHostDisruptions
{
    /// <summary>Tells each disruption until it is stopped; never <see cref="HostDisruption.IsNone"/>.</summary>
    Task RunAsync(ChannelWriter<HostDisruption> events, CancellationToken cancellationToken);
}
