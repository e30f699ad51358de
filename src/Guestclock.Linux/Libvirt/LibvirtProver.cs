using Guestclock.Formats;
using Guestclock.Formats.Domains;
using Guestclock.Linux.Agents;

namespace Guestclock.Linux.Libvirt;

/// <summary>
/// A second agent in a domain's guest (a channel org.qemu.guest_agent.1 or another number), by its socket on this host: libvirt itself uses
/// only the first. It can be asked while the first one still writes the RTC.
/// </summary>
public static class LibvirtProver
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromMilliseconds(500);

    /// <summary>Null where there is none, where it is on another host, or where nobody listens: it is an aid, not a need. Whether it answers is not asked.</summary>
    public static async Task<IGuestAgent?> OpenAsync(LibvirtPool pool, string guest, IHostClock clock, CancellationToken cancellationToken)
    {
        try
        {
            var xml = await pool.CallAsync(guest, LibvirtConnection.XmlOf, new(Limit), cancellationToken).WaitAsync(Limit, cancellationToken);
            return DomainXmlReader.Parse(xml).SecondAgentSocket is { } path ? await AgentSocket.ConnectAsync(path, clock, ConnectLimit, cancellationToken) : null;
        }
        catch (Exception e) when (e is AgentException or MalformedInputException or TimeoutException)
        {
            return null;
        }
    }
}
