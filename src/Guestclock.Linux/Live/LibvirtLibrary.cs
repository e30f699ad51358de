using System.Runtime.InteropServices;
using System.Text;
using Guestclock.Discipline;
using Guestclock.Facts;
using Guestclock.Linux.Libvirt;
using Guestclock.Machines;

namespace Guestclock.Linux.Live;

/// <summary>
/// Answers <see cref="Questions.LibvirtDomains"/> through the system's libvirt.so.0, over a read-only connection. Only a daemon that
/// already runs is asked: connecting to a socket of systemd would start one. Secrets are not asked for.
/// </summary>
/// <param name="uri">The connection; a test gives its own.</param>
/// <param name="daemonPidFiles">One of these must name a living process; empty: connect in any case.</param>
public sealed class LibvirtLibrary(string uri, params IReadOnlyList<string> daemonPidFiles) : IAnswerer
{
    private const int MaxDomains = 1000;
    private const int MaxXmlBytes = 1 << 20;
    private const int MaxAnswerBytes = 32 << 20;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1.5);

    public LibvirtLibrary()
        : this(LibvirtConnection.DefaultUri, LibvirtDaemon.PidFiles)
    {
    }

    public bool Answers(string name) => name == Questions.LibvirtDomains;

    public Fact<byte[]> Answer(Question question)
    {
        if (daemonPidFiles.Count > 0 && !daemonPidFiles.Any(LibvirtDaemon.IsAlive))
            return Fact.Missing<byte[]>(question.Name, "no libvirt daemon for QEMU is running");
        if (!NativeLibrary.TryLoad(LibvirtApi.Library, out _))
            return Fact.Missing<byte[]>(question.Name, $"{LibvirtApi.Library} is not installed");

        // A daemon that hangs would hold the call for ever; the thread is left behind then and does not keep the process.
        Fact<byte[]>? answer = null;
        var thread = new Thread(() => answer = Ask(question.Name)) { IsBackground = true, Name = "libvirt" };
        thread.Start();
        return thread.Join(Limit) && answer is not null
            ? answer
            : Fact.Unknown<byte[]>(FactState.TimedOut, question.Name, $"libvirt did not answer within {Limit.TotalSeconds} s");
    }

    private Fact<byte[]> Ask(string name)
    {
        try
        {
            LibvirtCalls.BeSilent();
            using var connection = LibvirtApi.OpenReadOnly(uri);
            if (connection.IsInvalid || LibvirtCalls.Domains(connection) is not { } domains)
                return Failed(LibvirtError.Last(), name);
            using var answer = new MemoryStream();
            for (var i = 0; i < domains.Length; i++)
            {
                using var domain = domains[i];
                if (i < MaxDomains && answer.Length < MaxAnswerBytes)
                    Write(domain, answer);
                else
                    answer.Write(Encoding.UTF8.GetBytes($"{OneField(LibvirtCalls.NameOf(domain))}\t\t0\tleft out: too many domains\n\n"));
            }

            return Fact.Known(answer.ToArray(), name);
        }
        catch (EntryPointNotFoundException e)
        {
            return Fact.Unknown<byte[]>(FactState.Unsupported, name, $"{LibvirtApi.Library} is too old: {e.Message}");
        }
    }

    private static void Write(DomainHandle domain, MemoryStream answer)
    {
        var name = LibvirtCalls.NameOf(domain);
        var state = LibvirtCalls.StateOf(domain);
        Write(answer, name, TextOf(state), LibvirtCalls.XmlOf(domain, MaxXmlBytes));
        if (state is DomainState.Running or DomainState.Blocked or DomainState.Paused or DomainState.Suspended && LibvirtApi.IsPersistent(domain) == 1)
            Write(answer, name, "next-start", LibvirtCalls.XmlOf(domain, MaxXmlBytes, nextStart: true));
    }

    private static void Write(MemoryStream answer, string name, string state, byte[]? xml)
    {
        var error = xml is null ? $"\t{OneField(LibvirtError.Last().Message)}" : xml.Length == 0 ? $"\tlarger than {MaxXmlBytes} bytes" : "";
        answer.Write(Encoding.UTF8.GetBytes($"{OneField(name)}\t{state}\t{xml?.Length ?? 0}{error}\n"));
        answer.Write(xml ?? []);
        answer.WriteByte((byte)'\n');
    }

    private static string OneField(string text) => text.Replace('\t', ' ').ReplaceLineEndings(" ");

    /// <summary>In virsh's words.</summary>
    private static string TextOf(DomainState state) => state switch
    {
        DomainState.Running => "running",
        DomainState.Blocked => "blocked",
        DomainState.Paused => "paused",
        DomainState.InShutdown => "in shutdown",
        DomainState.ShutOff => "shut off",
        DomainState.Crashed => "crashed",
        DomainState.Suspended => "pmsuspended",
        _ => "",
    };

    private static Fact<byte[]> Failed(LibvirtError error, string name)
    {
        var state = LibvirtFailure.Of(error) == AgentFailure.Denied ? FactState.Denied : FactState.Failed;
        return Fact.Unknown<byte[]>(state, name, $"libvirt: {error.Message}");
    }
}
