using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Guestclock.Facts;
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
        : this("qemu:///system", "/run/libvirtd.pid", "/run/virtqemud.pid", "/var/run/libvirtd.pid", "/var/run/virtqemud.pid")
    {
    }

    public bool Answers(string name) => name == Questions.LibvirtDomains;

    public Fact<byte[]> Answer(Question question)
    {
        if (daemonPidFiles.Count > 0 && !daemonPidFiles.Any(IsAlive))
            return Fact.Missing<byte[]>(question.Name, "no libvirt daemon for QEMU is running");
        if (!NativeLibrary.TryLoad("libvirt.so.0", out var library))
            return Fact.Missing<byte[]>(question.Name, "libvirt.so.0 is not installed");
        LibvirtFunctions libvirt;
        try
        {
            libvirt = new(library);
        }
        catch (EntryPointNotFoundException e)
        {
            return Fact.Unknown<byte[]>(FactState.Unsupported, question.Name, $"libvirt.so.0 is too old: {e.Message}");
        }

        // A daemon that hangs would hold the call for ever; the thread is left behind then and does not keep the process.
        Fact<byte[]>? answer = null;
        var thread = new Thread(() => answer = Ask(libvirt, question.Name)) { IsBackground = true, Name = "libvirt" };
        thread.Start();
        return thread.Join(Limit) && answer is not null
            ? answer
            : Fact.Unknown<byte[]>(FactState.TimedOut, question.Name, $"libvirt did not answer within {Limit.TotalSeconds} s");
    }

    private Fact<byte[]> Ask(LibvirtFunctions libvirt, string name)
    {
        libvirt.BeSilent();
        var connection = libvirt.OpenReadOnly(uri);
        if (connection == 0)
            return Failed(libvirt.LastError, name);
        try
        {
            if (libvirt.Domains(connection) is not { } domains)
                return Failed(libvirt.LastError, name);
            using var answer = new MemoryStream();
            for (var i = 0; i < domains.Length; i++)
            {
                if (i < MaxDomains && answer.Length < MaxAnswerBytes)
                    Write(libvirt, domains[i], answer);
                else
                    answer.Write(Encoding.UTF8.GetBytes($"{OneField(libvirt.NameOf(domains[i]))}\t\t0\tleft out: too many domains\n\n"));
                libvirt.Free(domains[i]);
            }

            return Fact.Known(answer.ToArray(), name);
        }
        finally
        {
            libvirt.Close(connection);
        }
    }

    private static void Write(LibvirtFunctions libvirt, nint domain, MemoryStream answer)
    {
        var name = libvirt.NameOf(domain);
        var state = libvirt.StateOf(domain);
        Write(answer, name, TextOf(state), libvirt.XmlOf(domain, 0, MaxXmlBytes), libvirt);
        if (state is 1 or 2 or 3 or 7 && libvirt.IsPersistent(domain))
            Write(answer, name, "next-start", libvirt.XmlOf(domain, LibvirtFunctions.Inactive, MaxXmlBytes), libvirt);
    }

    private static void Write(MemoryStream answer, string name, string state, byte[]? xml, LibvirtFunctions libvirt)
    {
        var error = xml is null ? $"\t{OneField(libvirt.LastError)}" : xml.Length == 0 ? $"\tlarger than {MaxXmlBytes} bytes" : "";
        answer.Write(Encoding.UTF8.GetBytes($"{OneField(name)}\t{state}\t{xml?.Length ?? 0}{error}\n"));
        answer.Write(xml ?? []);
        answer.WriteByte((byte)'\n');
    }

    private static string OneField(string text) => text.Replace('\t', ' ').ReplaceLineEndings(" ");

    /// <summary>virDomainState of libvirt-domain.h, in virsh's words.</summary>
    private static string TextOf(int state) => state switch
    {
        1 => "running",
        2 => "blocked",
        3 => "paused",
        4 => "in shutdown",
        5 => "shut off",
        6 => "crashed",
        7 => "pmsuspended",
        _ => "",
    };

    private static Fact<byte[]> Failed(string error, string name)
    {
        var isDenied = error.Contains("ermission denied", StringComparison.Ordinal)
            || error.Contains("uthentication", StringComparison.Ordinal)
            || error.Contains("access denied", StringComparison.Ordinal);
        return Fact.Unknown<byte[]>(isDenied ? FactState.Denied : FactState.Failed, name, $"libvirt: {error}");
    }

    private static bool IsAlive(string pidFile)
    {
        try
        {
            return int.TryParse(File.ReadAllText(pidFile).AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && Directory.Exists($"/proc/{pid}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
