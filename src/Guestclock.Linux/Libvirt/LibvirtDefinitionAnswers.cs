using System.Text;
using Guestclock.Discipline;
using Guestclock.Facts;
using Guestclock.Linux.Agents;
using Guestclock.Linux.Live;
using Guestclock.Machines;

namespace Guestclock.Linux.Libvirt;

/// <summary>
/// Answers <see cref="Questions.LibvirtDefinitionPrefix"/> over a connection that may change things: only such a one is given secrets
/// (VIR_DOMAIN_XML_SECURE). Only a daemon that already runs is asked.
/// </summary>
/// <param name="uri">The connection; a test gives its own.</param>
/// <param name="daemonPidFiles">One of these must name a living process; empty: connect in any case.</param>
public sealed class LibvirtDefinitionAnswers(string uri, params IReadOnlyList<string> daemonPidFiles) : IAnswerer
{
    public LibvirtDefinitionAnswers()
        : this(LibvirtConnection.DefaultUri, LibvirtDaemon.PidFiles)
    {
    }

    public bool Answers(string name) => name.StartsWith(Questions.LibvirtDefinitionPrefix, StringComparison.Ordinal);

    public Fact<byte[]> Answer(Question question)
    {
        if (daemonPidFiles.Count > 0 && !daemonPidFiles.Any(LibvirtDaemon.IsAlive))
            return Fact.Missing<byte[]>(question.Name, "no libvirt daemon for QEMU is running; start it (libvirtd or virtqemud)");
        try
        {
            return Fact.Known(Encoding.UTF8.GetBytes(ReadAsync(question.Name[Questions.LibvirtDefinitionPrefix.Length..]).GetAwaiter().GetResult()), question.Name);
        }
        catch (AgentException e)
        {
            return Fact.Unknown<byte[]>(State(e.Failure), question.Name, e.Message);
        }
    }

    private async Task<string> ReadAsync(string domain)
    {
        using var connection = await LibvirtConnection.OpenAsync(uri, default).ConfigureAwait(false);
        return await LibvirtDefinitions.ReadAsync(connection, domain, default).ConfigureAwait(false);
    }

    private static FactState State(AgentFailure failure) => failure switch
    {
        AgentFailure.Denied => FactState.Denied,
        AgentFailure.NoGuest => FactState.Missing,
        _ => FactState.Failed,
    };
}
