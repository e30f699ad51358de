using System.Globalization;
using Guestclock.Measuring.Runs;
using Guestclock.Reports.Plot;

namespace Guestclock.Reports.Measure;

/// <summary>Offset over time with its bound as a band, steps and lost readings, and the summary in the head.</summary>
public static class MeasureSvg
{
    private const int Width = 900;
    private const int Height = 440;
    private const double Left = 100;
    private const double Right = Width - 20;
    private const double Top = 96;
    private const double Bottom = Height - 64;

    /// <summary>More samples than that are a line only.</summary>
    private const int MostDots = 300;

    // Okabe and Ito's colours, which the colour-blind can tell apart.
    private const string Blue = "#0072b2";
    private const string Band = "#cfe5f3";
    private const string Grey = "#aaaaaa";
    private const string Orange = "#d55e00";
    private const string Purple = "#cc79a7";

    /// <param name="startedUnixNs">CLOCK_REALTIME at the start, for the axis.</param>
    public static void Write(MeasureReport report, long startedUnixNs, TextWriter output)
    {
        var svg = new SvgText(output);
        svg.Begin(Width, Height);
        Head(svg, report);
        if (report.Entries.Any(e => e.Sample is not null))
            Plot(svg, report, startedUnixNs);
        else
            svg.Text((Left + Right) / 2, (Top + Bottom) / 2, "no sample", "middle");
        svg.End();
    }

    private static void Head(SvgText svg, MeasureReport report)
    {
        svg.Text(20, 24, $"{report.Pair.Clock} against {report.Pair.Reference}", color: "#111111", more: " font-size=\"15\" font-weight=\"bold\"");
        var summary = report.Summary;
        if (summary.Offset is { } offset)
        {
            var text = $"offset {OffsetText.Of(offset.Current.OffsetNs, offset.Current.BoundNs)} (last)";
            if (offset.DeviationNs is { } deviation)
                text += $" · mean {OffsetText.WithSign(offset.MeanNs, deviation)} · spread {OffsetText.Length(deviation)} · jitter {OffsetText.Length(offset.JitterNs ?? 0)}";
            svg.Text(20, 46, text);
        }

        var counts = $"{summary.Readings} {(summary.Readings == 1 ? "reading" : "readings")} · {summary.Lost} lost · {summary.Used} of {summary.Samples} samples used";
        if (summary.Steps.Count > 0)
            counts += $" · {summary.Steps.Count} step{(summary.Steps.Count == 1 ? "" : "s")}";
        if (summary.Rate is { } rate)
            counts += string.Create(CultureInfo.InvariantCulture, $" · rate {rate.FitPpm ?? rate.MeanPpm:+0.0000;-0.0000} ± {rate.FitBoundPpm ?? rate.MeanBoundPpm:0.0000} ppm");
        svg.Text(20, 66, counts, color: "#666666");
    }

    private static void Plot(SvgText svg, MeasureReport report, long startedUnixNs)
    {
        List<MeasureEntry> samples = [.. report.Entries.Where(e => e.Sample is not null)];
        var firstRaw = report.Entries[0].AtRawNs;
        var scale = PlotScale.Of(report.Entries);
        var x = new LinearAxis(0, (report.Entries[^1].AtRawNs - firstRaw) / scale.TimeUnitNs, Left, Right);
        var y = new LinearAxis(scale.Low, scale.High, Bottom, Top);
        svg.Band(samples.Select(e => (X(e), Y(e, +1), Y(e, -1))), Band);
        Grid(svg, x, y, scale, startedUnixNs);
        foreach (var at in Columns(report.Entries.Where(e => e.Step is not null).Select(X)))
            svg.Line(at, Top, at, Bottom, Orange, 1.5, " stroke-dasharray=\"4 3\"");
        foreach (var at in Columns(report.Entries.Where(e => e.Sample is null).Select(X)))
            svg.Line(at, Bottom - 10, at, Bottom, Purple, 1.5);
        foreach (var run in BetweenSteps(samples))
            svg.Curve(run.Where(e => e.IsUsed).Select(e => (X(e), Y(e, 0))), Blue, 1.2, 1);
        if (samples.Count <= MostDots)
        {
            foreach (var sample in samples)
                svg.Dot(X(sample), Y(sample, 0), sample.IsUsed ? 2.2 : 1.6, sample.IsUsed ? Blue : Grey);
        }

        Legend(svg, report, scale);

        double X(MeasureEntry entry) => x.At((entry.AtRawNs - firstRaw) / scale.TimeUnitNs);

        double Y(MeasureEntry entry, int bounds) => y.At(scale.ValueOf((double)entry.Sample!.OffsetNs + (bounds * (double)entry.Sample.BoundNs)));
    }

    /// <summary>To half a pixel, each once: a long run has more of them than pixels.</summary>
    private static IEnumerable<double> Columns(IEnumerable<double> pixels) => pixels.Select(p => Math.Round(p * 2) / 2).Distinct();

    private static void Grid(SvgText svg, LinearAxis x, LinearAxis y, PlotScale scale, long startedUnixNs)
    {
        var (times, timeStep) = x.Ticks(8);
        foreach (var time in times)
        {
            svg.Line(x.At(time), Bottom, x.At(time), Top, "#e5e5e5");
            svg.Text(x.At(time), Bottom + 18, $"{Rounded(time, timeStep)} {scale.TimeUnit}", "middle");
        }

        var (offsets, offsetStep) = y.Ticks(6);
        foreach (var offset in offsets)
        {
            svg.Line(Left, y.At(offset), Right, y.At(offset), offset == 0 && scale.BaseNs == 0 ? "#888888" : "#e5e5e5");
            svg.Text(Left - 8, y.At(offset) + 4, $"{(offset > 0 ? "+" : "")}{Rounded(offset, offsetStep)} {scale.Unit}", "end");
        }

        svg.Text((Left + Right) / 2, Bottom + 40, $"since {TimeText.Iso(startedUnixNs)[..19]}Z", "middle", "#666666");
        var name = scale.BaseNs == 0 ? "clock − reference" : $"clock − reference − ({OffsetText.WithSign(scale.BaseNs, 1)})";
        svg.Text(Left, Top - 8, name, "start", "#666666", " font-size=\"11\"");
    }

    private static void Legend(SvgText svg, MeasureReport report, PlotScale scale)
    {
        var words = new List<(string, string)> { (scale.IsBoundShown ? "band: bound" : "band: bound, which is wider than this plot", "#5b9bc4") };
        if (report.Summary.Used < report.Summary.Samples)
            words.Add(("grey: slow, not used", "#888888"));
        if (report.Summary.Lost > 0)
            words.Add(("lost", Purple));
        if (report.Summary.Steps.Count > 0)
            words.Add(("step", Orange));
        var at = Right;
        foreach (var (word, color) in words.AsEnumerable().Reverse())
        {
            svg.Text(at, Top - 8, word, "end", color, " font-size=\"11\"");
            at -= (word.Length * 6) + 14;
        }
    }

    private static IEnumerable<List<MeasureEntry>> BetweenSteps(List<MeasureEntry> samples)
    {
        var run = new List<MeasureEntry>();
        foreach (var sample in samples)
        {
            if (sample.Step is not null && run.Count > 0)
            {
                yield return run;
                run = [];
            }

            run.Add(sample);
        }

        yield return run;
    }

    private static string Rounded(double value, double step) =>
        Math.Round(value, 12).ToString($"F{Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 9)}", CultureInfo.InvariantCulture);
}
