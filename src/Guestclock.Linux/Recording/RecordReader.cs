using System.IO.Compression;
using Guestclock.Formats;
using Guestclock.Linux.Machines;
using Guestclock.Machines;

namespace Guestclock.Linux.Recording;

/// <summary>Opens recordings, directories and archives.</summary>
public static class RecordReader
{
    /// <summary>The most bytes of the files of a recording; what one machine may be read for is less (ReadBudget).</summary>
    public const int ArchiveBytes = 96 << 20;

    /// <summary>With headers and padding.</summary>
    private const int UnpackedBytes = 160 << 20;

    /// <summary>A parsed record.json takes up to ten times as much memory.</summary>
    private const int JsonBytes = 8 << 20;

    /// <summary>The recording in an opened directory; null where the directory is not a recording.</summary>
    /// <exception cref="MachineOpenException">It is a damaged one.</exception>
    public static RecordedMachine? FromDirectory(DirectoryMachine directory, string name)
    {
        var json = directory.Read("/" + RecordLayout.JsonFile, JsonBytes);
        if (json.State == Facts.FactState.Missing)
            return null;
        if (!json.TryGet(out var bytes))
            throw new MachineOpenException($"'{name}' is a recording whose {RecordLayout.JsonFile} cannot be read: {json.Why}");
        return Parse(name, bytes, place => directory.Read("/" + place, MachineLimits.LogBytes).Or(null!));
    }

    /// <summary>The recording in a .tar.gz file, read once into memory.</summary>
    /// <exception cref="MachineOpenException">It is not one.</exception>
    public static RecordedMachine FromArchive(string path)
    {
        var files = ReadTar(path);
        if (files.Count == 0)
            throw new MachineOpenException($"'{path}' is not a .tar.gz recording: it holds no files");
        var json = files.Keys.Where(k => ("/" + k).EndsWith("/" + RecordLayout.JsonFile, StringComparison.Ordinal)).MinBy(k => k.Length)
            ?? throw new MachineOpenException($"'{path}' is not a recording: it holds no {RecordLayout.JsonFile}");
        var top = json[..^RecordLayout.JsonFile.Length];
        if (files[json].Length > JsonBytes)
            throw new MachineOpenException($"'{path}' is a recording whose {RecordLayout.JsonFile} is larger than {JsonBytes} bytes");
        return Parse(path, files[json], place => files.GetValueOrDefault(top + place));
    }

    /// <summary>The regular files of a gzip-compressed tar stream by name.</summary>
    internal static Dictionary<string, byte[]> ReadTar(Stream stream, string name)
    {
        try
        {
            using var gzip = new GZipStream(stream, CompressionMode.Decompress);
            using var bounded = new BoundedStream(gzip, UnpackedBytes);
            return TarFiles.Read(bounded, ArchiveBytes);
        }
        catch (Exception e) when (e is MalformedInputException or IOException or InvalidDataException)
        {
            throw new MachineOpenException($"'{name}' is not a .tar.gz recording, or it is damaged: {e.Message}", e);
        }
    }

    private static Dictionary<string, byte[]> ReadTar(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
            return ReadTar(file, path);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new MachineOpenException($"'{path}' cannot be read: permission denied", e);
        }
        catch (IOException e)
        {
            throw new MachineOpenException($"'{path}' cannot be read: {e.Message}", e);
        }
    }

    private static RecordedMachine Parse(string name, byte[] json, Func<string, byte[]?> content)
    {
        var total = 0L;
        try
        {
            return new(RecordJsonReader.Read(json, Bounded));
        }
        catch (MalformedInputException e)
        {
            throw new MachineOpenException($"'{name}' is a damaged recording: {e.Message}", e);
        }

        byte[]? Bounded(string place)
        {
            var bytes = content(place);
            total += bytes?.Length ?? 0;
            return total <= ArchiveBytes ? bytes
                : throw new MalformedInputException("recording", $"at most {ArchiveBytes} bytes in all", "more");
        }
    }
}
