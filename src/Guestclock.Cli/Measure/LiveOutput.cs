using Guestclock.Measuring;
using Guestclock.Measuring.Runs;
using Guestclock.Reports;
using Guestclock.Reports.Measure;

namespace Guestclock.Cli.Measure;

/// <summary>A view on a terminal that is redrawn in place; steps, losses and remarks stay above it.</summary>
/// <param name="summary">Where the summary goes; null: nowhere.</param>
internal sealed class LiveOutput(TextWriter screen, Terminal terminal, TextWriter? summary) : IMeasureOutput
{
    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(100);

    private readonly LiveScreen _screen = new(screen);
    private readonly List<string> _events = [];
    private long _lost;
    private long? _drawnAt;
    private string? _lastProblem;

    public void Tell(MeasureEntry entry, MeasureSession session, MeasuredPair pair)
    {
        _lost += entry.Sample is null ? 1 : 0;
        // The same problem again is counted, not told.
        var isNews = entry.Step is not null || entry.Sample?.Remark is not null || (entry.Problem is { } problem && problem != _lastProblem);
        _lastProblem = entry.Problem;
        if (isNews)
            _events.AddRange(Lines(entry, pair));
        if (_drawnAt is { } at && terminal.Time.GetElapsedTime(at) < LeastPause)
            return;
        _drawnAt = terminal.Time.GetTimestamp();
        var last = session.Entries.Skip(Math.Max(0, session.Entries.Count - LiveView.MostEntries)).ToList();
        _screen.Show(LiveView.Lines(last, pair, session.Readings, _lost, new(Width, terminal.Color)), _events);
        _events.Clear();
    }

    public void End(MeasureReport report)
    {
        Dispose();
        if (summary is null)
            return;
        var pen = new TextPen(summary, terminal.Layout);
        MeasureText.WriteHead(report.Pair, pen);
        MeasureText.WriteSummary(report, pen);
    }

    /// <summary>Takes the view away, and tells what could not be told yet.</summary>
    public void Dispose()
    {
        if (_drawnAt is null)
            return;
        _screen.Show([], _events);
        _events.Clear();
        _drawnAt = null;
    }

    private string[] Lines(MeasureEntry entry, MeasuredPair pair)
    {
        using var text = new StringWriter { NewLine = "\n" };
        // A line that fills the terminal would be broken by it.
        SampleLine.Write(entry, pair, new(text, new(Width - 1, terminal.Color)), Width - 1);
        return text.ToString().TrimEnd('\n').Split('\n');
    }

    private int Width => terminal.WidthNow?.Invoke() ?? terminal.Width;
}
