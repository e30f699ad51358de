using System.Globalization;
using Guestclock.Formats.ClockLogs;
using Guestclock.Stability;
using Guestclock.Units;

namespace Guestclock.Reports.Stability;

/// <summary>The statistics for a terminal, not wider than 80 columns: one series with its confidence, several side by side.</summary>
public static class StabilityText
{
    private const int SeriesInARow = 5;
    private const double NearTau = 1.05;
    private const string Bold = "1";
    private const string Dim = "2";

    public static void Write(StabilityReport report, TextWriter output, TextLayout layout)
    {
        var pen = new TextPen(output, layout);
        var isOne = report.Series.Count == 1;
        for (var i = 0; i < report.Series.Count; i++)
            Head(report.Series[i], isOne ? "" : $"{StabilityWords.Letter(i)}: ", pen);
        foreach (var statistic in report.Statistics)
        {
            pen.Line();
            pen.Line(pen.Paint($"{Name(statistic)}: {StabilityWords.Title(statistic)}{(StabilityReport.IsTime(statistic) ? "" : " (fractional frequency)")}", Bold));
            if (isOne)
                One(report, statistic, pen);
            else
                Several(report, statistic, pen);
        }

        if (report.Statistics.Any())
            return;
        pen.Line();
        pen.Paragraph("No statistic has enough samples at any of these averaging times.");
    }

    private static void Head(AnalyzedSeries series, string letter, TextPen pen)
    {
        var grid = series.Grid;
        pen.Paragraph(
            $"{series.Name} ({series.Format}): {Invariant(grid.Used)} {(series.Kind == SampleKind.Phase ? "offsets" : "frequencies")}, one every {StabilityWords.Seconds(grid.Phase.Tau0S)}, over {new Nanoseconds(LengthNs(grid.Phase))}",
            letter, firstColor: Bold);
        if (series.Offset is { } o)
        {
            pen.Paragraph(
                $"clock − reference: mean {StabilityWords.SignedSeconds(o.MeanS)}, rms {StabilityWords.Seconds(o.RmsS)}, from {StabilityWords.SignedSeconds(o.LeastS)} to {StabilityWords.SignedSeconds(o.LargestS)}",
                "  ");
        }

        if (series.Frequency is { } f)
            pen.Paragraph($"frequency: {FrequencyOf(f)}", "  ");
        foreach (var remark in series.Remarks)
            pen.Paragraph(remark, "  - ");
    }

    private static void One(StabilityReport report, Statistic statistic, TextPen pen)
    {
        var points = report.Series[0].Points.Where(p => p.Statistic == statistic).ToList();
        var hasInterval = points.Exists(p => p.Low is not null);
        var interval = hasInterval ? string.Create(CultureInfo.InvariantCulture, $"{report.Confidence * 100:0.###} % interval") : "";
        pen.Line(pen.Paint($"{"tau s",9} {"n",10} {"value",12}   {interval,-26} noise".TrimEnd(), Dim));
        foreach (var p in points)
        {
            var range = p is { Low: { } low, High: { } high } ? $"{StabilityWords.Value(statistic, low)} .. {StabilityWords.Value(statistic, high)}" : "";
            pen.Line($"{StabilityWords.Tau(p.TauS),9} {Invariant(p.N),10} {StabilityWords.Value(statistic, p.Value),12}   {range,-26} {StabilityWords.Noise(p.Noise)}".TrimEnd());
        }
    }

    private static void Several(StabilityReport report, Statistic statistic, TextPen pen)
    {
        foreach (var chunk in report.Series.Index().Chunk(SeriesInARow))
        {
            var points = chunk.SelectMany(c => c.Item.Points.Where(p => p.Statistic == statistic).Select(p => (c.Index, Point: p))).OrderBy(p => p.Point.TauS).ToList();
            pen.Line(pen.Paint($"{"tau s",9}" + string.Concat(chunk.Select(c => $" {StabilityWords.Letter(c.Index),12}")), Dim));
            foreach (var row in Rows(points))
            {
                var cells = chunk.Select(c => row.Find(p => p.Index == c.Index).Point is { } point ? StabilityWords.Value(statistic, point.Value) : "");
                var tau = row[0].Point.TauS == row[^1].Point.TauS ? StabilityWords.Tau(row[0].Point.TauS) : $"~{row[0].Point.TauS.ToString("G3", CultureInfo.InvariantCulture)}";
                pen.Line(($"{tau,9}" + string.Concat(cells.Select(c => $" {c,12}"))).TrimEnd());
            }
        }
    }

    /// <summary>Averaging times that differ by little stand in one row, each series once.</summary>
    private static IEnumerable<List<(int Index, StabilityPoint Point)>> Rows(List<(int Index, StabilityPoint Point)> sorted)
    {
        List<(int Index, StabilityPoint Point)> row = [];
        foreach (var next in sorted)
        {
            if (row.Count > 0 && (next.Point.TauS > row[0].Point.TauS * NearTau || row.Exists(p => p.Index == next.Index)))
            {
                yield return row;
                row = [];
            }

            row.Add(next);
        }

        if (row.Count > 0)
            yield return row;
    }

    private static string Name(Statistic statistic) => statistic.ToString().ToUpperInvariant();

    private static string Invariant(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Value and bound in one unit.</summary>
    private static string FrequencyOf(FrequencyEstimate fit)
    {
        var larger = Math.Max(Math.Abs(fit.Frequency), fit.Bound ?? 0);
        var (unit, name) = larger switch { 0 => (1.0, ""), < 1e-9 => (1e-12, "e-12"), < 1e-6 => (1e-9, " ppb"), < 1e-2 => (1e-6, " ppm"), _ => (1.0, "") };
        var bound = fit.Bound is { } b ? string.Create(CultureInfo.InvariantCulture, $" ± {b / unit:0.###}{name}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{fit.Frequency / unit:+0.###;-0.###;0}{name}{bound}{(fit.Frequency > 0 ? " (fast)" : fit.Frequency < 0 ? " (slow)" : "")}");
    }

    private static long LengthNs(PhaseSeries phase) => (long)Math.Min(9e18, (phase.Count - 1) * phase.Tau0S * 1e9);
}
