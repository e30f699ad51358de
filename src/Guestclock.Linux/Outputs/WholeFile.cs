using System.Text;
using Guestclock.Linux.Native;
using Guestclock.Machines;

namespace Guestclock.Linux.Outputs;

/// <summary>A file that is written beside its place and then renamed, so that there is a whole one or the one from before.</summary>
public static class WholeFile
{
    private const int MostBytes = 64 << 20;

    /// <summary>Why it cannot be written there, or null; asked before the work begins.</summary>
    /// <param name="begins">What stands there is replaced only where it begins so: it is one of ours.</param>
    public static string? Refusal(string path, string begins)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
            return "it needs a name";
        var place = Path.GetFullPath(path);
        if (!Directory.Exists(Path.GetDirectoryName(place)))
            return "its directory does not exist";
        var errno = FileStatus.Get(LibC.WorkingDirectory, place, true, out var status);
        if (errno == 0 && status.Kind != EntryKind.File)
            return $"it is {FileStatus.Describe(status.Kind)}";
        if (errno == 0 && !(RegularFile.Read(LibC.WorkingDirectory, place, MostBytes, place).TryGet(out var bytes) && (bytes.Length == 0 || bytes.AsSpan().StartsWith(Encoding.UTF8.GetBytes(begins)))))
            return "it holds something else, which is not replaced";
        var beside = Beside(place);
        try
        {
            File.WriteAllText(beside, "");
            File.Delete(beside);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e is UnauthorizedAccessException ? "permission denied" : e.Message;
        }
    }

    /// <exception cref="IOException">It cannot be written, and nothing has changed.</exception>
    public static void Write(string path, Action<TextWriter> write)
    {
        var place = Path.GetFullPath(path);
        var beside = Beside(place);
        try
        {
            using (var writer = new StreamWriter(beside, append: false, new UTF8Encoding(false)))
                write(writer);
            File.Move(beside, place, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(beside);
            throw new IOException(e.Message, e);
        }
    }

    private static string Beside(string place) => $"{place}.{Environment.ProcessId}.partial";
}
