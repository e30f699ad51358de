using Guestclock.Cli.Commands;
using Guestclock.Measuring;
using Guestclock.Measuring.Runs;
using Guestclock.Reports;
using Guestclock.Reports.Measure;

namespace Guestclock.Cli.Measure;

/// <summary>Where a measurement is told: while it goes on, and at its end.</summary>
internal interface IMeasureOutput : IDisposable
{
    /// <param name="session">With this entry in it already.</param>
    void Tell(MeasureEntry entry, MeasureSession session, MeasuredPair pair);

    void End(MeasureReport report);
}

/// <summary>Text that goes on line by line, and JSON and CSV.</summary>
internal static class MeasureOutput
{
    public static IMeasureOutput Of(string format, CommandContext context, string reference, long unixNs) => format switch
    {
        "json" => new JsonOutput(context),
        "jsonl" => new JsonLinesOutput(context.Stdout),
        "csv" => new CsvOutput(context.Stdout, reference, unixNs),
        _ when context.Terminal.CanRedraw => new LiveOutput(context.Stdout, context.Terminal, context.Stdout),
        _ => new LinesOutput(context.Stdout, context.Terminal.Layout),
    };

    private sealed class LinesOutput(TextWriter output, TextLayout layout) : IMeasureOutput
    {
        private readonly TextPen _pen = new(output, layout);
        private string _date = "";
        private string? _lostBefore;

        public void Tell(MeasureEntry entry, MeasureSession session, MeasuredPair pair)
        {
            if (_date.Length == 0)
                MeasureText.WriteHead(pair, _pen);
            if (TimeText.Date(entry.AtUnixNs) is var date && date != _date)
                _pen.Line($"{date}, UTC");
            _date = date;
            SampleLine.Write(entry, pair, _pen, layout.Width, _lostBefore);
            _lostBefore = entry.Problem;
            output.Flush();
        }

        public void End(MeasureReport report)
        {
            _pen.Line();
            MeasureText.WriteSummary(report, _pen);
        }

        public void Dispose()
        {
        }
    }

    private sealed class JsonOutput(CommandContext context) : IMeasureOutput
    {
        private readonly LiveOutput? _progress = context.Terminal is { ErrorIsTerminal: true, OutputIsTerminal: false } ? new(context.Stderr, context.Terminal, null) : null;

        public void Tell(MeasureEntry entry, MeasureSession session, MeasuredPair pair) => _progress?.Tell(entry, session, pair);

        public void End(MeasureReport report)
        {
            _progress?.Dispose();
            MeasureJson.Write(report, App.Version, context.Stdout);
        }

        public void Dispose() => _progress?.Dispose();
    }

    private sealed class JsonLinesOutput(TextWriter output) : IMeasureOutput
    {
        private bool _hasHead;

        public void Tell(MeasureEntry entry, MeasureSession session, MeasuredPair pair)
        {
            if (!_hasHead)
                MeasureJson.WriteHead(pair, App.Version, output);
            _hasHead = true;
            MeasureJson.WriteEntry(entry, output);
            output.Flush();
        }

        public void End(MeasureReport report) => MeasureJson.WriteSummary(report, output);

        public void Dispose()
        {
        }
    }

    private sealed class CsvOutput(TextWriter output, string reference, long unixNs) : IMeasureOutput
    {
        private bool _hasHead;

        public void Tell(MeasureEntry entry, MeasureSession session, MeasuredPair pair)
        {
            if (!_hasHead)
                output.Write($"{MeasureCsv.Head(pair.Clock, reference)}\n{MeasureCsv.Run(unixNs, App.Version, pair)}\n");
            _hasHead = true;
            output.Write(MeasureCsv.Line(entry) + "\n");
            output.Flush();
        }

        public void End(MeasureReport report)
        {
        }

        public void Dispose()
        {
        }
    }
}
