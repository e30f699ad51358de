using Guestclock.Cli.Commands;
using Guestclock.Formats;
using Guestclock.Formats.ClockLogs;
using Guestclock.Reports;
using Guestclock.Reports.Stability;
using Guestclock.Stability;
using Guestclock.Stability.Grids;

namespace Guestclock.Cli.Analyze;

/// <summary>One call of <c>guestclock analyze</c>: every log that can be read is analysed, and of the others it is said why not.</summary>
internal sealed class AnalyzeRun(CommandContext context, AnalyzeRequest request, CancellationToken cancellationToken)
{
    private readonly List<AnalyzedSeries> _series = [];
    private readonly List<string> _problems = [];
    private bool _isComplete = true;

    /// <summary>Sentences about what could not be analysed.</summary>
    public IReadOnlyList<string> Problems => _problems;

    public StabilityReport Run(IReadOnlyList<ClockLogFile> files)
    {
        try
        {
            foreach (var file in files)
            {
                Progress($"Reading {file.Name}...");
                Attempt(() => AddFile(file, NameOf(file, files)));
            }
        }
        catch (OperationCanceledException)
        {
            _isComplete = false;
        }

        return new(App.Version, request.Confidence, _series, _isComplete);
    }

    private void AddFile(ClockLogFile file, string name)
    {
        var log = file.Read(request.Input, request.Kind, cancellationToken);
        var chosen = log.Series.Where(s => request.Source is null || s.Name == request.Source).ToList();
        if (chosen.Count == 0)
            throw new UsageException($"{file.Name}: there is no source {request.Source} in it; it has {string.Join(", ", log.Series.Select(s => s.Name.Length == 0 ? "one without a name" : s.Name))}");
        foreach (var (i, series) in chosen.Index())
        {
            var isNamed = log.Series.Count > 1;
            var format = !isNamed && series.Name.Length > 0 ? $"{log.Format}, {series.Name}" : log.Format;
            var full = isNamed ? $"{name} {series.Name}" : name;
            Attempt(() =>
            {
                var grid = GridOf(series, isNamed ? $"{file.Name}, {series.Name}" : file.Name);
                AddSeries(grid, series.Kind, full, format, i == 0 ? log.Remarks : []);
            });
        }
    }

    private void AddSeries(Grid grid, SampleKind kind, string name, string format, IReadOnlyList<string> logRemarks)
    {
        Progress($"Analysing {name}...");
        var phase = grid.Phase;
        var remarks = logRemarks.Concat(grid.Remarks).ToList();
        var frequency = phase.GapsBreakPhase ? null : FrequencyFit.LeastSquares(phase, request.Confidence);
        if (request.Detrend && phase.GapsBreakPhase)
            remarks.Add("'--detrend' takes out the frequency of the longest stretch without a gap");
        if (request.Detrend)
            phase = Detrended.WithoutFrequency(phase);
        var table = StabilityAnalysis.Compute(phase, request.Statistics, request.Taus.Factors(phase), request.Confidence, cancellation: cancellationToken);
        _isComplete &= table.Complete;
        remarks.AddRange(table.Remarks.Select(r => r.TrimEnd('.')));
        _series.Add(new(name, format, kind, grid, frequency, table.Points, remarks));
    }

    private Grid GridOf(ClockLogSeries series, string name)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Gridding.Of(series, request.Grid);
        }
        catch (MalformedInputException e)
        {
            throw new UsageException($"{name}: {e.Message}", e);
        }
    }

    private void Attempt(Action work)
    {
        try
        {
            work();
        }
        catch (UsageException e)
        {
            _problems.Add(e.Message);
        }
    }

    /// <summary>The file's own name where it tells it from the others, else its path.</summary>
    private static string NameOf(ClockLogFile file, IReadOnlyList<ClockLogFile> files) =>
        files.Count(f => Path.GetFileName(f.Path) == Path.GetFileName(file.Path)) == 1 && file.Path != ClockLogFile.StandardInput ? Path.GetFileName(file.Path) : file.Name;

    private void Progress(string text)
    {
        if (context.Terminal.ErrorIsTerminal)
            context.Stderr.WriteLine(Words.Plain(text));
    }
}
