using System.IO.Compression;
using Guestclock.Formats;
using Guestclock.Formats.ClockLogs;

namespace Guestclock.Cli.Analyze;

/// <summary>A log on the command line: a path, or <c>-</c> for standard input; unpacked where its first bytes are gzip's.</summary>
internal sealed record ClockLogFile(string Path, Func<Stream> OpenInput)
{
    public const string StandardInput = "-";

    public string Name => Path == StandardInput ? "standard input" : Path;

    /// <exception cref="UsageException">The file cannot be read, or holds no samples.</exception>
    public ClockLog Read(string? format, SampleKind? kind, CancellationToken cancellationToken)
    {
        try
        {
            using var file = Open(cancellationToken);
            using var bytes = new CancellableInput(file, cancellationToken);
            using var start = new StartedInput(bytes);
            if (!start.IsGzip)
                return ClockLogReader.Read(start, format, kind, cancellationToken);
            using var unpacked = new GZipStream(start, CompressionMode.Decompress);
            return ClockLogReader.Read(unpacked, format, kind, cancellationToken);
        }
        catch (Exception e) when (e is MalformedInputException or IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException)
        {
            throw new UsageException($"{Name}: {Reason(e)}", e);
        }
    }

    /// <summary>A pipe that nobody writes to opens only once somebody does.</summary>
    private Stream Open(CancellationToken cancellationToken)
    {
        if (Path == StandardInput)
            return OpenInput();
        if (Directory.Exists(Path))
            throw new MalformedInputException("this is a directory; give the files in it");
        var opening = Task.Run(() => new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0), CancellationToken.None);
        return opening.WaitAsync(cancellationToken).GetAwaiter().GetResult();
    }

    private static string Reason(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "access denied",
        InvalidDataException => "it begins like a gzip file, but is damaged or cut off; 'zcat FILE | guestclock analyze -' reads what is left",
        IOException => $"cannot be read ({e.Message})",
        _ => e.Message,
    };
}
