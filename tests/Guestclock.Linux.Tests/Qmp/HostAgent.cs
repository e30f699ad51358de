using System.Diagnostics;

namespace Guestclock.Linux.Tests.Qmp;

/// <summary>A real qemu-ga beside the test, on a unix socket instead of in a guest. It may read the time, and change nothing: all that could is blocked.</summary>
internal sealed class HostAgent : IDisposable
{
    public const string NotInstalled = "needs the package qemu-guest-agent";

    private const string Program = "/usr/sbin/qemu-ga";

    private const string Blocked = "guest-set-time,guest-shutdown,guest-suspend-disk,guest-suspend-ram,guest-suspend-hybrid,guest-exec,guest-file-open,"
        + "guest-file-write,guest-fsfreeze-freeze,guest-fsfreeze-freeze-list,guest-fstrim,guest-set-user-password,guest-set-vcpus,"
        + "guest-set-memory-blocks,guest-ssh-add-authorized-keys,guest-ssh-remove-authorized-keys";

    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("gc-ga-");
    private readonly Process _process;

    public HostAgent(string path)
    {
        _process = Process.Start(new ProcessStartInfo(Program, ["-m", "unix-listen", "-p", path, "-t", _state.FullName, "-f", _state.FullName + "/pid", "-b", Blocked])
        {
            UseShellExecute = false,
        })!;
        for (var started = Stopwatch.GetTimestamp(); !File.Exists(path) && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20);)
            Thread.Sleep(20);
    }

    public static bool IsInstalled => File.Exists(Program);

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _state.Delete(recursive: true);
    }
}
