using System.Globalization;
using Guestclock.Judging;
using Guestclock.Measuring;
using Guestclock.Measuring.Runs;
using Guestclock.Stability;
using Guestclock.Units;

namespace Guestclock.Reports.Measure;

/// <summary>The head and the summary of a measurement for people.</summary>
public static class MeasureText
{
    private const int MostSteps = 5;
    private const int MostReasons = 5;

    /// <summary>What is measured against what, how, and what the reader must know of it.</summary>
    public static void WriteHead(MeasuredPair pair, TextPen pen)
    {
        pen.Paragraph($"{pair.Clock} against {pair.Reference}", color: "1");
        pen.Paragraph(pair.Method, "  ");
        foreach (var remark in pair.Remarks)
            pen.Paragraph(remark, "  ");
    }

    public static void WriteSummary(MeasureReport report, TextPen pen)
    {
        var summary = report.Summary;
        if (summary.Offset is { } offset)
            WriteFigures(report, offset, pen);
        Row(pen, "readings", Readings(summary));
        foreach (var step in summary.Steps.TakeLast(MostSteps))
            Row(pen, "step", $"{TimeText.OfDay(step.AtUnixNs)} {StepText.Of(step, report.Pair)}");
        if (summary.Steps.Count > MostSteps)
            Row(pen, "", $"and {summary.Steps.Count - MostSteps} steps before");
        // What ended it is the verdict.
        foreach (var reason in summary.LostReasons.Where(r => r.Reason != report.Verdict.Sentence).Take(MostReasons))
            Row(pen, "lost", $"{reason.Count}: {reason.Reason}");
        if (summary.LostReasons.Count > MostReasons)
            Row(pen, "", $"and for {summary.LostReasons.Count - MostReasons} other reasons");
        pen.Paragraph(report.Verdict.Sentence, $"{Words.Of(report.Verdict.Status)}: ", firstColor: Color(report.Verdict.Status));
    }

    private static void WriteFigures(MeasureReport report, OffsetFigures offset, TextPen pen)
    {
        var current = offset.Current;
        var resolutionNs = offset.DeviationNs ?? current.BoundNs;
        Row(pen, "offset", $"{Together(OffsetText.Of(current.OffsetNs, current.BoundNs))} (last), the bound is {PartsText.Of(current.Parts)}");
        if (offset.Best != current)
            Row(pen, "best", $"{Together(OffsetText.Of(offset.Best.OffsetNs, offset.Best.BoundNs))} at {TimeText.OfDay(offset.Best.AtUnixNs)}, of the last {LuckyFilter.Window}, aged by {StepDetector.MostDriftPpm} ppm since");
        if (offset.DeviationNs is { } deviation)
        {
            Row(pen, "mean", $"{Text(offset.MeanNs)}, median {Text(offset.MedianNs)}, from {Text(offset.MinNs)} to {Text(offset.MaxNs)}");
            Row(pen, "spread", $"{OffsetText.Length(deviation)} (standard deviation), jitter {OffsetText.Length(offset.JitterNs ?? 0)} (RMS of successive differences)");
            Row(pen, "agreed", offset.Agreed is { } agreed
                ? $"all bounds agree on {OffsetText.WithSign(agreed.LowNs, Width(agreed))} to {OffsetText.WithSign(agreed.HighNs, Width(agreed))}"
                : "no single offset keeps to all bounds: it changed meanwhile");
        }

        if (report.Summary.Rate is { } rate)
            Row(pen, "rate", Rate(rate));
        foreach (var group in report.Summary.Stability.GroupBy(p => p.Statistic))
            Row(pen, Name(group.Key), string.Join(", ", group.Select(p => $"{OffsetText.Length(p.Value * 1e9)} at {new Nanoseconds((long)(p.TauS * 1e9))}".Replace(' ', TextPen.Together))));

        string Text(double ns) => Together(OffsetText.WithSign(ns, resolutionNs));
    }

    private static string Rate(RateFigures rate)
    {
        var fit = rate is { FitPpm: { } ppm, FitBoundPpm: { } bound }
            ? $"{Together($"{Ppm(ppm)} ± {Size(bound)} ppm")} by the fit (95 %); "
            : $"{Together($"{Ppm(rate.MeanPpm)} ± {Size(rate.MeanBoundPpm)} ppm")} from the first to the last sample; ";
        return fit + (rate.Hard is { } hard
            ? $"the bounds allow {Ppm(hard.LowPpm)} to {Ppm(hard.HighPpm)} ppm"
            : "no constant rate keeps to all bounds: it changed meanwhile");
    }

    private static string Readings(MeasureSummary summary)
    {
        var offset = summary.Offset;
        var text = $"{summary.Readings}, {summary.Lost} lost, {summary.Used} of {summary.Samples} samples used";
        if (summary.Used < summary.Samples)
            text += " (the lucky filter left out the slow ones)";
        if (offset is not null && summary.Steps.Count > 0)
            text += $"; the figures are of the {offset.Samples} since the last step";
        if (summary.Forgotten > 0)
            text += $"; the first {summary.Forgotten} are no part of the figures any more";
        return text;
    }

    private static double Width(AgreedInterval agreed) => (double)agreed.HighNs - agreed.LowNs;

    private static string Ppm(double ppm) => (ppm < 0 ? "-" : "+") + Size(Math.Abs(ppm));

    private static string Size(double ppm) => ppm.ToString(ppm switch { < 1 => "0.0000", < 100 => "0.00", _ => "0" }, CultureInfo.InvariantCulture);

    private static string Name(Statistic statistic) => statistic.ToString().ToUpperInvariant();

    private static string Together(string text) => text.Replace(' ', TextPen.Together);

    private static void Row(TextPen pen, string name, string text) => pen.Paragraph(text, $"  {name,-9} ", new string(' ', 12));

    private static string? Color(VerdictStatus status) => status switch
    {
        VerdictStatus.Ok => "32",
        VerdictStatus.Warning => "33",
        VerdictStatus.Critical => "31",
        _ => "35",
    };
}
