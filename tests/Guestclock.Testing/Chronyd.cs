using System.Diagnostics;

namespace Guestclock.Testing;

/// <summary>
/// A real chronyd in a folder of its own, on ports of the loopback. <c>-x</c>: it never touches the system's clock. It ends with the test,
/// or after five minutes by itself.
/// </summary>
public sealed class Chronyd : IDisposable
{
    private const string Program = "/usr/sbin/chronyd";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gc-");
    private readonly Process _process;
    private readonly List<string> _log = [];

    public Chronyd(params IReadOnlyList<string> directives)
    {
        CommandPort = FakeUdpServer.FreePort();
        var file = Path.Combine(_folder.FullName, "chrony.conf");
        File.WriteAllLines(file,
        [
            .. directives, $"cmdport {CommandPort}", "bindcmdaddress 127.0.0.1", $"bindcmdaddress {SocketPath}", $"pidfile {PidFile}",
            $"driftfile {_folder.FullName}/drift",
        ]);
        _process = Process.Start(new ProcessStartInfo("timeout", ["300", Program, "-x", "-d", "-U", "-u", Environment.UserName, "-f", file])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        _process.ErrorDataReceived += (_, e) => Log(e.Data);
        _process.OutputDataReceived += (_, e) => Log(e.Data);
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        Until(() => File.Exists(SocketPath) && File.Exists(PidFile), "chronyd listens");
    }

    public static bool IsInstalled => File.Exists(Program) && File.Exists("/usr/bin/chronyc");

    public const string NotInstalled = "needs the package chrony";

    public int CommandPort { get; }

    public string Folder => _folder.FullName;

    public string SocketPath => Path.Combine(_folder.FullName, "chronyd.sock");

    public int Pid => int.Parse(File.ReadAllText(PidFile).Trim(), System.Globalization.CultureInfo.InvariantCulture);

    private string PidFile => Path.Combine(_folder.FullName, "pid");

    /// <summary>A server of stratum 8 with the machine's own time.</summary>
    public static Chronyd Server(int port) => new("local stratum 8", "bindaddress 127.0.0.1", "allow 127.0.0.0/8", $"port {port}");

    /// <summary>The lines that <c>chronyc -c -n</c> prints of this chronyd.</summary>
    public IReadOnlyList<string> Chronyc(params IReadOnlyList<string> command)
    {
        using var chronyc = Process.Start(new ProcessStartInfo("/usr/bin/chronyc", ["-c", "-n", "-h", SocketPath, .. command])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var text = chronyc.StandardOutput.ReadToEnd();
        chronyc.WaitForExit();
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Stops or continues the process, as a stalled machine would.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-s", name, Pid.ToString(System.Globalization.CultureInfo.InvariantCulture)])!;
        kill.WaitForExit();
    }

    public void Until(Func<bool> done, string what)
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30); Thread.Sleep(50))
        {
            if (done())
                return;
        }

        lock (_log)
            throw new InvalidOperationException($"within 30 s it did not come true that {what}:\n{string.Join('\n', _log)}");
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Log(string? line)
    {
        lock (_log)
            _log.Add(line ?? "");
    }
}
