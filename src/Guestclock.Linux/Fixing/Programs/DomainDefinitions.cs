using Guestclock.Linux.Agents;
using Guestclock.Linux.Libvirt;

namespace Guestclock.Linux.Fixing.Programs;

/// <summary>Definitions through libvirt.</summary>
internal sealed class DomainDefinitions : IDomainDefinitions
{
    public string Read(string uri, string name) => Ask(uri, c => LibvirtDefinitions.ReadAsync(c, name, CancellationToken.None));

    public string Replace(string uri, string name, string before, string after) =>
        Ask(uri, c => LibvirtDefinitions.ReplaceAsync(c, name, before, after, CancellationToken.None));

    private static string Ask(string uri, Func<LibvirtConnection, Task<string>> question)
    {
        try
        {
            using var connection = LibvirtConnection.OpenAsync(uri, CancellationToken.None).GetAwaiter().GetResult();
            return question(connection).GetAwaiter().GetResult();
        }
        catch (AgentException e)
        {
            throw new FixEngineException(e.Message, e);
        }
    }
}
