using Guestclock.Lab.Reports;
using Guestclock.Lab.Results;

namespace Guestclock.Cli.Lab;

/// <summary>Where a lab's evidence is kept: raw samples as they come, plot and result at the end.</summary>
internal sealed class LabFolder
{
    private LabFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>The folder that the user has named, made if need be; else a new one that is named after the time.</summary>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static LabFolder Create(string? named, TimeProvider time)
    {
        var path = named ?? $"guestclock-lab-{time.GetUtcNow():yyyyMMdd-HHmmss}";
        try
        {
            Directory.CreateDirectory(path);
            // Better now than after the last run.
            var probe = System.IO.Path.Combine(path, ".write");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"--output {path}: cannot be written ({e.Message})", e);
        }
    }

    public void Keep(RunResult run)
    {
        if (run.Samples.Count > 0)
            Write(LabCsv.NameOf(run), w => LabCsv.Write(run, w));
    }

    public void Keep(LabReport report)
    {
        Write("lab.json", w => LabJson.Write(report, w));
        if (report.Cells.Any(c => c.DoneRuns > 0))
            Write("lab.svg", w => LabSvg.Write(report, w));
    }

    private void Write(string name, Action<TextWriter> write)
    {
        using var writer = new StreamWriter(System.IO.Path.Combine(Path, name));
        write(writer);
    }
}
