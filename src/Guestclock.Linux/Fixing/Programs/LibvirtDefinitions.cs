using Guestclock.Linux.Agents;
using Guestclock.Linux.Libvirt;

namespace Guestclock.Linux.Fixing.Programs;

/// <summary>Definitions through libvirt.</summary>
internal sealed class LibvirtDefinitions : IDomainDefinitions
{
    public string Read(string uri, string name) => Ask(uri, c => c.DefinitionAsync(name, CancellationToken.None));

    public void Define(string uri, string xml) => Ask(uri, c => c.DefineAsync(xml, CancellationToken.None));

    private static T Ask<T>(string uri, Func<LibvirtConnection, Task<T>> question)
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
