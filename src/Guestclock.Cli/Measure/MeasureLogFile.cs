using Guestclock.Formats.ClockLogs;
using Guestclock.Linux.Outputs;
using Guestclock.Measuring;
using Guestclock.Measuring.Runs;
using Guestclock.Reports;
using Guestclock.Reports.Measure;

namespace Guestclock.Cli.Measure;

/// <summary>The file of <c>--log</c>: a new one, or one of the same clock and reference that is gone on with.</summary>
internal sealed class MeasureLogFile : IDisposable
{
    private readonly AppendedFile _file;
    private readonly string _path;

    private MeasureLogFile(AppendedFile file, string path) => (_file, _path) = (file, path);

    /// <param name="reference">As the user named it.</param>
    /// <exception cref="UsageException">It is something else, or cannot be written.</exception>
    public static MeasureLogFile Open(string path, MeasuredPair pair, string reference, long unixNs)
    {
        if (path.Length == 0)
            throw new UsageException("--log: it needs a name");
        AppendedFile? file = null;
        try
        {
            file = AppendedFile.Open(path);
            var head = MeasureCsv.Head(pair.Clock, reference);
            if (file.Length == 0)
                file.AppendLine(head);
            else if (Difference(file.Start(4096), head) is { } difference)
                throw new UsageException($"--log {path}: {difference}; give another name");
            else if (!file.EndsALine())
                file.AppendLine("");
            file.AppendLine(MeasureCsv.Run(unixNs, App.Version, pair));
            return new(file, path);
        }
        catch (UsageException)
        {
            file?.Dispose();
            throw;
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            file?.Dispose();
            throw new UsageException($"--log {path}: cannot be written: {e.Message}", e);
        }
    }

    /// <returns>Null, or why it could not be written.</returns>
    public string? Add(MeasureEntry entry)
    {
        try
        {
            _file.AppendLine(MeasureCsv.Line(entry));
            return null;
        }
        catch (IOException e)
        {
            return $"--log {_path}: cannot be written: {e.Message}";
        }
    }

    public void Dispose() => _file.Dispose();

    private static string? Difference(string start, string head)
    {
        if (start.StartsWith(head + "\n", StringComparison.Ordinal))
            return null;
        var line = start.Split('\n')[0];
        return line.StartsWith(MeasureLogHead.Mark, StringComparison.Ordinal)
            ? $"it holds measurements of {Words.Plain(line[MeasureLogHead.Mark.Length..])}"
            : "it is no log of guestclock measure, and nothing is added to it";
    }
}
