using Guestclock.Json;
using Guestclock.Reports.Plot;
using Guestclock.Stability;

namespace Guestclock.Reports.Stability;

/// <summary>The statistics over averaging time, both logarithmic, with confidence bars: one panel for deviations of frequency, one for those of time.</summary>
public static class StabilitySvg
{
    private const int Width = 900;
    private const double LeastPanelHeight = 440;
    private const double PanelHead = 50;
    private const double PanelFoot = 60;
    private const double Left = 90;
    private const double Right = Width - 120;

    // Okabe and Ito's colours, which the colour-blind can tell apart.
    private static readonly string[] Colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"];

    /// <summary>Where colours tell series apart, these tell the statistics.</summary>
    private static readonly string[] Dashes = ["", " stroke-dasharray=\"7 3\"", " stroke-dasharray=\"2 3\"", " stroke-dasharray=\"9 3 2 3\""];

    public static void Write(StabilityReport report, TextWriter output)
    {
        var curves = Curves(report);
        var panels = curves.GroupBy(c => StabilityReport.IsTime(c.Statistic)).OrderBy(g => g.Key).ToList();
        var svg = new SvgText(output);
        var head = 20 + (report.Series.Count * LogPanel.LabelStep);
        svg.Begin(Width, head + (panels.Count == 0 ? LeastPanelHeight : panels.Sum(p => HeightOf(p.Count()))));
        foreach (var (i, series) in report.Series.Index())
            svg.Text(Left, 20 + (i * LogPanel.LabelStep), report.Series.Count == 1 ? Words.Plain(series.Name) : $"{StabilityWords.Letter(i)}: {Words.Plain(series.Name)}", color: report.Series.Count == 1 ? "#666666" : ColorOf(i));
        if (panels.Count == 0)
            svg.Text(Left, head + 40, report.Statistics.Any() ? "all values are zero, which a logarithmic axis cannot show" : "no statistic has enough samples");
        // One axis for all panels: what stands above one another has one averaging time.
        foreach (var panel in panels)
        {
            Panel(svg, head, panel.Key, [.. panel], TausOf(curves));
            head += HeightOf(panel.Count());
        }

        svg.End();
    }

    private static List<Curve> Curves(StabilityReport report)
    {
        var curves = new List<Curve>();
        var isOne = report.Series.Count == 1;
        foreach (var (s, statistic) in report.Statistics.Index())
        {
            foreach (var (i, series) in report.Series.Index())
            {
                var points = series.Points.Where(p => p.Statistic == statistic && p.Value > 0).ToList();
                if (points.Count > 0)
                    curves.Add(new(statistic, KebabName.Of(statistic) + (isOne ? "" : $" {StabilityWords.Letter(i)}"), ColorOf(isOne ? s : i), isOne ? "" : Dashes[s % Dashes.Length], points));
            }
        }

        return curves;
    }

    /// <summary>Room for the name of each curve.</summary>
    private static double HeightOf(int curves) => Math.Max(LeastPanelHeight, PanelHead + PanelFoot + (curves * LogPanel.LabelStep));

    private static LogAxis TausOf(List<Curve> curves) =>
        new(curves.SelectMany(c => c.Points).Min(p => p.TauS), curves.SelectMany(c => c.Points).Max(p => p.TauS), Left, Right, DecadeName.OfSeconds);

    private static void Panel(SvgText svg, double top, bool isTime, List<Curve> curves, LogAxis x)
    {
        var (y0, y1) = (top + HeightOf(curves.Count) - PanelFoot, top + PanelHead);
        var points = curves.SelectMany(c => c.Points).ToList();
        var y = new LogAxis(points.Min(LowOf), points.Max(p => p.High ?? p.Value), y0, y1, isTime ? DecadeName.OfSeconds : DecadeName.OfNumber);
        svg.Text(Left, top + 30, isTime ? "time" : "fractional frequency", color: "#111111", more: " font-size=\"15\" font-weight=\"bold\"");
        var panel = new LogPanel(Left, Right, y1, y0);
        panel.Grid(svg, x, y, "averaging time");
        foreach (var curve in curves)
            Draw(svg, x, y, curve, curve.Color);
        panel.Labels(svg, curves.Select(c => new CurveEnd(c.Name, c.Color, x.At(c.Points[^1].TauS), y.At(c.Points[^1].Value))));
    }

    private static void Draw(SvgText svg, LogAxis x, LogAxis y, Curve curve, string color)
    {
        foreach (var p in curve.Points.Where(p => p is { Low: not null, High: not null }))
        {
            var at = x.At(p.TauS);
            svg.Line(at, y.At(LowOf(p)), at, y.At(p.High!.Value), color, more: " opacity=\"0.5\"");
            svg.Line(at - 3, y.At(LowOf(p)), at + 3, y.At(LowOf(p)), color, more: " opacity=\"0.5\"");
            svg.Line(at - 3, y.At(p.High.Value), at + 3, y.At(p.High.Value), color, more: " opacity=\"0.5\"");
        }

        svg.Curve(curve.Points.Select(p => (x.At(p.TauS), y.At(p.Value))), color, 1.5, 1, curve.Dashes);
        foreach (var p in curve.Points)
            svg.Circle(x.At(p.TauS), y.At(p.Value), 2.5, color, $"{curve.Name}, {StabilityWords.Tau(p.TauS)} s: {StabilityWords.Value(p.Statistic, p.Value)} (n {p.N}) {StabilityWords.Noise(p.Noise)}".TrimEnd());
    }

    private static double LowOf(StabilityPoint p) => p.Low is > 0 and var low ? low : p.Value;

    private static string ColorOf(int i) => Colors[i % Colors.Length];

    private sealed record Curve(Statistic Statistic, string Name, string Color, string Dashes, List<StabilityPoint> Points);
}
