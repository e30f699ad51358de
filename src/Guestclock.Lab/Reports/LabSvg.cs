using Guestclock.Lab.Methods;
using Guestclock.Reports.Plot;
using Guestclock.Lab.Results;

namespace Guestclock.Lab.Reports;

/// <summary>Error over time, both logarithmic, without sign: one panel per scenario, one line per method; a ring where the method had its proof.</summary>
public static class LabSvg
{
    private const int Width = 900;
    private const double PanelHeight = 380;
    private const double Head = 40;
    private const double Left = 80;
    private const double Right = Width - 150;

    // Times and errors below these are beyond what a line can show.
    private const long FirstNs = 1_000_000;
    private const long LeastNs = 10_000;

    // Okabe and Ito's colours, which the colour-blind can tell apart; a method keeps its own in every plot.
    private static readonly string[] Colors = ["#888888", "#e69f00", "#d55e00", "#cc79a7", "#56b4e9", "#0072b2", "#009e73"];

    public static void Write(LabReport report, TextWriter output)
    {
        var scenarios = report.Scenarios.Where(s => report.Cells.Any(c => c.Scenario == s && c.DoneRuns > 0)).ToList();
        var svg = new SvgText(output);
        svg.Begin(Width, Head + (scenarios.Count * PanelHeight));
        foreach (var (i, line) in LabTable.Setting(report).Index())
            svg.Text(Left, 20 + (i * LogPanel.LabelStep), line, color: "#666666", more: " font-size=\"11\"");
        for (var i = 0; i < scenarios.Count; i++)
        {
            var cells = report.Cells.Where(c => c.Scenario == scenarios[i] && c.DoneRuns > 0);
            Panel(svg, Head + (i * PanelHeight), scenarios[i], cells.Select(c => (c, ColorOf(c.Method))).ToList());
        }

        svg.End();
    }

    private static void Panel(SvgText svg, double top, string scenario, List<(CellResult Cell, string Color)> cells)
    {
        var runs = cells.SelectMany(c => c.Cell.Runs).Where(r => r.IsDone).ToList();
        var (y0, y1) = (top + PanelHeight - 60, top + 40);
        var x = new LogAxis(FirstNs, Math.Max(FirstNs * 10, runs.Max(r => r.WatchedNs)), Left, Right, DecadeName.OfNanoseconds);
        var y = new LogAxis(LeastNs, Math.Max(LeastNs * 10, runs.Max(r => Math.Abs(r.Worst!.Value.OffsetNs))), y0, y1, DecadeName.OfNanoseconds);
        svg.Text(Left, top + 24, scenario, color: "#111111", more: " font-size=\"15\" font-weight=\"bold\"");
        var panel = new LogPanel(Left, Right, y1, y0);
        panel.Grid(svg, x, y, "since the break");
        svg.Text(16, (y0 + y1) / 2, "|guest − host|", "middle", "#666666", FormattableString.Invariant($" transform=\"rotate(-90 16 {(y0 + y1) / 2:0})\""));
        var boundY = y.At(Median(runs.Select(r => r.Bound!.Value.MedianNs)));
        svg.Rectangle(Left, boundY, Right - Left, y0 - boundY, "#f1f1f1");
        svg.Text(Left + 4, y0 - 5, "the referee's own error", "start", "#999999", " font-size=\"10\"");
        foreach (var (cell, color) in cells)
        {
            foreach (var run in cell.Runs.Where(r => r.IsDone))
                Curve(svg, x, y, run, color, isFirst: run == cell.Runs.First(r => r.IsDone));
        }

        panel.Labels(svg, cells.Select(c => (c.Cell, c.Color, Run: c.Cell.Runs.First(r => r.IsDone)))
            .Select(c => new CurveEnd(c.Cell.Method, c.Color, x.At(c.Run.WatchedNs), y.At(Math.Abs((double)c.Run.Residual!.Value.OffsetNs)))));
    }

    private static void Curve(SvgText svg, LogAxis x, LogAxis y, RunResult run, string color, bool isFirst)
    {
        // A reading that is worse than usual is drawn only where that makes no difference.
        var usualNs = 2 * run.Bound!.Value.MedianNs;
        var after = run.Samples.Where(s => s.SinceBreakNs >= 0 && s.Error.BoundNs <= Math.Max(usualNs, Math.Abs(s.Error.OffsetNs) / 10));
        svg.Curve(after.Select(s => (x.At(s.SinceBreakNs), y.At(Math.Abs((double)s.Error.OffsetNs)))), color, isFirst ? 2 : 1, isFirst ? 1 : 0.45);
        if (run.Claim is { ProofNs: { } proof, ResidualNs: { } residual })
        {
            svg.Circle(x.At(proof), y.At(Math.Abs((double)residual)), isFirst ? 5 : 3, color,
                $"{run.Method}, run {run.Number}: proof after {LabWords.Duration(proof)}, {LabWords.Pair(residual, run.Claim.BoundNs)}");
        }
    }

    private static string ColorOf(string method)
    {
        for (var i = 0; i < Math.Min(MethodCatalogue.All.Count, Colors.Length); i++)
        {
            if (MethodCatalogue.All[i].Name == method)
                return Colors[i];
        }

        return "#000000";
    }

    private static long Median(IEnumerable<long> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
