using System.Diagnostics;

namespace Guestclock.Linux.Tests;

/// <summary>A directory that goes away with the test.</summary>
public sealed class TempTree : IDisposable
{
    public TempTree() => Root = Directory.CreateTempSubdirectory("guestclock-test-").FullName;

    /// <summary>A new directory in a directory, such as one in memory.</summary>
    public TempTree(string below) => Root = Directory.CreateDirectory(Path.Combine(below, "guestclock-test-" + Path.GetRandomFileName())).FullName;

    public string Root { get; }

    public string At(string path) => Path.Combine(Root, path.TrimStart('/'));

    public TempTree File(string path, string text = "text") => File(path, System.Text.Encoding.UTF8.GetBytes(text));

    public TempTree File(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        System.IO.File.WriteAllBytes(At(path), bytes);
        return this;
    }

    public TempTree Link(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        System.IO.File.CreateSymbolicLink(At(path), target);
        return this;
    }

    /// <summary>Runs a command of the system, for what .NET cannot make (a FIFO, a device, another user).</summary>
    public static string Run(string file, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    /// <summary>By rm, which removes names that .NET cannot say.</summary>
    public void Dispose() => Run("rm", "-rf", "--", Root);
}
