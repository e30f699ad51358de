using System.Formats.Tar;
using System.IO.Compression;
using Guestclock.Linux.Machines;

namespace Guestclock.Linux.Recording;

/// <summary>
/// Writes a record as a directory, or as an archive where the name ends in <c>.tar.gz</c> or <c>.tgz</c>. It is written beside its place
/// and then renamed, so that there is a whole recording or none. Only the owner may read it.
/// </summary>
public static class RecordWriter
{
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode = FileMode | UnixFileMode.UserExecute;

    /// <summary>The full path of a recording that can be written; asked before the work begins.</summary>
    /// <exception cref="MachineOpenException">Something stands there already, or there is no such directory.</exception>
    public static string CheckPlace(string output)
    {
        if (output.Length == 0 || output.Contains('\0', StringComparison.Ordinal))
            throw new MachineOpenException("the recording needs a name");
        var place = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output));
        if (Path.Exists(place))
            throw new MachineOpenException($"'{output}' exists already: give another name");
        if (!Directory.Exists(Path.GetDirectoryName(place)))
            throw new MachineOpenException($"the directory of '{output}' does not exist");
        return place;
    }

    /// <exception cref="MachineOpenException">Something stands there already, or it cannot be written.</exception>
    public static void Write(MachineRecord record, string output)
    {
        var place = CheckPlace(output);
        var beside = $"{place}.{Environment.ProcessId}.partial";
        var contents = new RecordLayout(record).Contents;
        try
        {
            if (IsArchive(place))
            {
                WriteArchive(contents, record.TakenAt, beside, TopFolder(place));
                File.Move(beside, place, overwrite: false);
            }
            else
            {
                WriteDirectory(contents, beside);
                Directory.Move(beside, place);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Remove(beside);
            throw new MachineOpenException($"'{output}' cannot be written: {e.Message}", e);
        }
    }

    private static bool IsArchive(string place) =>
        place.EndsWith(".tar.gz", StringComparison.Ordinal) || place.EndsWith(".tgz", StringComparison.Ordinal);

    /// <summary>An archive unpacks into one folder of its own name.</summary>
    private static string TopFolder(string place)
    {
        var name = Path.GetFileName(place);
        name = name[..name.LastIndexOf(name.EndsWith(".tgz", StringComparison.Ordinal) ? ".tgz" : ".tar.gz", StringComparison.Ordinal)];
        return name.Length == 0 ? "recording" : name;
    }

    private static void WriteArchive(IReadOnlyDictionary<string, byte[]> contents, DateTimeOffset takenAt, string beside, string top)
    {
        var options = new FileStreamOptions { Mode = System.IO.FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = FileMode };
        using var file = new FileStream(beside, options);
        using (var gzip = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Pax))
        {
            foreach (var (path, bytes) in contents)
            {
                using var data = new MemoryStream(bytes, writable: false);
                var entry = new PaxTarEntry(TarEntryType.RegularFile, $"{top}/{path}") { Mode = FileMode, ModificationTime = takenAt };
                entry.DataStream = data;
                tar.WriteEntry(entry);
            }
        }

        file.Flush(flushToDisk: true);
    }

    private static void WriteDirectory(IReadOnlyDictionary<string, byte[]> contents, string beside)
    {
        Directory.CreateDirectory(beside, FolderMode);
        foreach (var (path, bytes) in contents)
        {
            var at = Path.Combine(beside, path);
            Directory.CreateDirectory(Path.GetDirectoryName(at)!, FolderMode);
            File.WriteAllBytes(at, bytes);
        }
    }

    private static void Remove(string beside)
    {
        try
        {
            if (Directory.Exists(beside))
                Directory.Delete(beside, recursive: true);
            else
                File.Delete(beside);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What could not be written cannot always be removed; the first failure is the one to tell.
        }
    }
}
