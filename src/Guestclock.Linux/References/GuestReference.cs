using Guestclock.Discipline.Watch;
using Guestclock.Linux.Agents;
using Guestclock.Linux.Libvirt;

namespace Guestclock.Linux.References;

/// <summary>The clock of a domain of libvirt, over its agent.</summary>
public static class GuestReference
{
    /// <param name="uri">The libvirt to ask.</param>
    public static AgentReference Open(string domain, string uri, HostSanity host)
    {
        var pool = new LibvirtPool(uri);
        return new($"guest {domain}", _ => Task.FromResult<IGuestAgent>(new LibvirtAgent(pool, domain, HostClock.Instance)), host, pool);
    }
}
