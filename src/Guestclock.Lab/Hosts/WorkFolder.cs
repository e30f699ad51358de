using System.Diagnostics;

namespace Guestclock.Lab.Hosts;

/// <summary>A folder for the files of what runs now. It goes when it is disposed of, and also when this process is killed.</summary>
public sealed class WorkFolder : IAsyncDisposable
{
    // Waits until this process closes the pipe, which the kernel does for it if need be. Ctrl-C is for this process to handle.
    private const string Sweep = "trap '' INT HUP; cat >/dev/null; rm -rf -- \"$1\"";
    private readonly Process? _sweeper;

    private WorkFolder(string path, Process? sweeper)
    {
        Path = path;
        _sweeper = sweeper;
    }

    public string Path { get; }

    /// <summary>A new folder among the temporary ones, which only this user can read.</summary>
    /// <param name="prefix">How its name begins; short, for the paths of sockets have at most 107 bytes.</param>
    /// <param name="keep">Leave it there for somebody to look at.</param>
    public static WorkFolder Create(string prefix, bool keep = false)
    {
        var path = MakeFolder(prefix);
        if (keep)
            return new(path, null);
        var start = new ProcessStartInfo("/bin/sh", ["-c", Sweep, "sh", path]) { UseShellExecute = false, RedirectStandardInput = true };
        return new(path, Process.Start(start)!);
    }

    public async ValueTask DisposeAsync()
    {
        if (_sweeper is null)
            return;
        _sweeper.StandardInput.Close();
        await _sweeper.WaitForExitAsync();
        _sweeper.Dispose();
    }

    private static string MakeFolder(string prefix)
    {
        try
        {
            return Directory.CreateTempSubdirectory(prefix).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LabException($"no folder can be made in {System.IO.Path.GetTempPath()} ({e.Message}): set TMPDIR to a folder that can be written", e);
        }
    }
}
