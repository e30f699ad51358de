using System.Text;
using Guestclock.Discipline;
using Guestclock.Linux.Agents;

namespace Guestclock.Linux.Libvirt;

/// <summary>Persistent definitions of domains, with their secrets: what a domain gets at its next start.</summary>
public static class LibvirtDefinitions
{
    private const int MaxXmlBytes = 1 << 20;

    /// <summary>The definition as libvirt writes it.</summary>
    /// <exception cref="AgentException">There is no such domain or it is a transient one, we may not, or the daemon does not answer.</exception>
    public static Task<string> ReadAsync(LibvirtConnection connection, string domain, CancellationToken cancellationToken) =>
        LibvirtConnection.BoundedAsync(() =>
        {
            using var handle = connection.LookUp(domain);
            return Read(handle, domain);
        }, _ => { }, cancellationToken);

    /// <summary>Puts another definition in the place of this one, and gives what libvirt has made of it. A domain that runs goes on as it is.</summary>
    /// <param name="before">What must stand there now, as <see cref="ReadAsync"/> gave it.</param>
    /// <exception cref="AgentException">Another definition stands there, libvirt does not take the new one, or as <see cref="ReadAsync"/>.</exception>
    public static Task<string> ReplaceAsync(LibvirtConnection connection, string domain, string before, string after, CancellationToken cancellationToken) =>
        LibvirtConnection.BoundedAsync(() =>
        {
            using (var handle = connection.LookUp(domain))
            {
                if (Read(handle, domain) != before)
                    throw new AgentException(AgentFailure.Refused, $"the definition of {domain} was changed meanwhile");
            }

            using var defined = LibvirtApi.Define(connection.Handle, after);
            return defined.IsInvalid ? throw LibvirtFailure.ToException(LibvirtError.Last()) : Read(defined, domain);
        }, _ => { }, cancellationToken);

    private static string Read(DomainHandle handle, string domain)
    {
        if (LibvirtApi.IsPersistent(handle) == 0)
            throw new AgentException(AgentFailure.NoGuest, $"{domain} is transient: libvirt keeps no definition of it");
        var xml = LibvirtCalls.DefinitionOf(handle, MaxXmlBytes) ?? throw LibvirtFailure.ToException(LibvirtError.Last());
        return xml.Length > 0 ? Encoding.UTF8.GetString(xml) : throw new AgentException(AgentFailure.Malformed, $"the definition of {domain} is larger than {MaxXmlBytes} bytes");
    }
}
