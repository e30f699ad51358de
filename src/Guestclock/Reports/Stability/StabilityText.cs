using System.Globalization;
using Guestclock.Formats.ClockLogs;
using Guestclock.Stability;
using Guestclock.Units;

namespace Guestclock.Reports.Stability;

/// <summary>The statistics for a terminal, not wider than 80 columns: one series with its confidence, several side by side.</summary>
public static class StabilityText
{
    private const int SeriesInARow = 5;
    private const string Bold = "1";
    private const string Dim = "2";

    public static void Write(StabilityReport report, TextWriter output, TextLayout layout)
    {
        var pen = new TextPen(output, layout);
        var isOne = report.Series.Count == 1;
        for (var i = 0; i < report.Series.Count; i++)
            Head(report.Series[i], isOne ? "" : $"{Letter(i)}: ", pen);
        foreach (var statistic in report.Statistics)
        {
            pen.Line();
            pen.Line(pen.Paint($"{Name(statistic)}: {StabilityWords.Title(statistic)}{(StabilityReport.IsTime(statistic) ? "" : " (fractional frequency)")}", Bold));
            if (isOne)
                One(report, statistic, pen);
            else
                Several(report, statistic, pen);
        }

        pen.Line();
        if (!report.IsComplete)
            pen.Paragraph("Interrupted: values are missing.");
        if (!report.Statistics.Any())
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
            pen.Paragraph($"frequency: {Ppm(f.Frequency)}{(f.Bound is { } u ? $" ± {Ppm(u)}" : "")}{(f.Frequency > 0 ? " (fast)" : " (slow)")}", "  ");
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
            var columns = chunk.Select(c => (c.Index, Values: c.Item.Points.Where(p => p.Statistic == statistic).ToDictionary(p => p.TauS, p => p.Value))).ToList();
            pen.Line(pen.Paint($"{"tau s",9}" + string.Concat(columns.Select(c => $" {Letter(c.Index),12}")), Dim));
            foreach (var tau in columns.SelectMany(c => c.Values.Keys).Distinct().Order())
            {
                var cells = columns.Select(c => c.Values.TryGetValue(tau, out var value) ? StabilityWords.Value(statistic, value) : "");
                pen.Line(($"{StabilityWords.Tau(tau),9}" + string.Concat(cells.Select(c => $" {c,12}"))).TrimEnd());
            }
        }
    }

    /// <summary>A, B, ... Z, AA, AB, ...</summary>
    private static string Letter(int i) => i < 26 ? ((char)('A' + i)).ToString() : Letter((i / 26) - 1) + (char)('A' + (i % 26));

    private static string Name(Statistic statistic) => statistic.ToString().ToUpperInvariant();

    private static string Invariant(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Ppm(double frequency) => Math.Abs(frequency) switch
    {
        < 1e-9 => string.Create(CultureInfo.InvariantCulture, $"{frequency:0.00e+00}"),
        < 1e-6 => string.Create(CultureInfo.InvariantCulture, $"{frequency * 1e9:0.##} ppb"),
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{frequency * 1e6:0.###} ppm"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{frequency:0.###e+00}"),
    };

    private static long LengthNs(PhaseSeries phase) => (long)Math.Min(9e18, (phase.Count - 1) * phase.Tau0S * 1e9);
}
