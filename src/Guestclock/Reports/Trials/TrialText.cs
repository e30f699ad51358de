using Guestclock.Checks;
using Guestclock.Fixes;
using Guestclock.Trials;

namespace Guestclock.Reports.Trials;

/// <summary>The report for a person at a terminal: the verdict, what is wrong with its figures and what it means, then one sentence for each other property.</summary>
public static class TrialText
{
    public static void Write(TrialReport report, TextWriter output, TextLayout layout, bool verbose)
    {
        var pen = new TextPen(output, layout);
        Head(report, pen);
        foreach (var trial in report.With(CheckStatus.Critical).Concat(report.With(CheckStatus.Warning)))
            Problem(trial, pen);
        if (verbose)
            Others([.. report.With(CheckStatus.Unknown)], pen, verbose);
        else
            Unknown(report, pen);
        Others([.. report.With(CheckStatus.Info)], pen, verbose);
        Others([.. report.With(CheckStatus.Pass)], pen, verbose);
        if (verbose)
            Others([.. report.With(CheckStatus.NotApplicable)], pen, verbose);
        Tail(report, pen, verbose);
    }

    private static void Head(TrialReport report, TextPen pen)
    {
        var first = Words.Of(report.Verdict.Status) + "  ";
        pen.Paragraph(report.Summary + ".", first, firstColor: VerdictColor.Of(report.Verdict.Status));
        if (report.Verdict.Worst is { } worst)
            pen.Paragraph($"Worst property: {worst.Id}", new string(' ', first.Length));
        pen.Line();
        pen.Paragraph(string.Join(" · ", report.Machine.Select(m => m.Replace(' ', TextPen.Together))));
        pen.Line();
    }

    private static void Problem(JudgedTrial trial, TextPen pen)
    {
        var word = Words.Of(trial.Finding.Status).ToUpperInvariant();
        pen.Line($"{pen.Paint(word, Color(trial.Finding.Status))} {pen.Paint(trial.Id, "1")}");
        pen.Paragraph(trial.Finding.Summary + Reason(trial.Finding) + ".", "  ");
        Figures(trial.Finding.Figures, pen);
        Meaning(trial.Finding.Means, pen);
        Fix(trial.Finding.Fix, pen);
        pen.Line();
    }

    private static void Others(IReadOnlyList<JudgedTrial> trials, TextPen pen, bool verbose)
    {
        foreach (var trial in trials)
        {
            var text = trial.Finding.Status == CheckStatus.NotApplicable ? trial.Finding.Reason : trial.Finding.Summary + Reason(trial.Finding);
            pen.Paragraph($"{Words.Of(trial.Finding.Status)} {trial.Id}: {text}", "", "  ");
            if (!verbose)
                continue;
            Figures(trial.Finding.Figures, pen);
            Meaning(trial.Finding.Means, pen);
            Fix(trial.Finding.Fix, pen);
        }

        if (trials.Count > 0)
            pen.Line();
    }

    /// <summary>What could not be judged: one reason of many properties is told once, and what the head says already is not said again.</summary>
    private static void Unknown(TrialReport report, TextPen pen)
    {
        var groups = report.With(CheckStatus.Unknown).GroupBy(t => t.Finding.Reason ?? t.Id, StringComparer.Ordinal).Select(g => g.ToList()).ToList();
        foreach (var group in groups)
        {
            var finding = group[0].Finding;
            var text = group.Count > 1 || finding.Summary == report.Summary ? finding.Reason ?? finding.Summary : finding.Summary + Reason(finding);
            pen.Paragraph($"unknown {string.Join(", ", group.Select(t => t.Id))}: {text}", "", "  ");
        }

        if (groups.Count > 0)
            pen.Line();
    }

    private static string Reason(TrialFinding finding) => string.IsNullOrEmpty(finding.Reason) ? "" : $" ({finding.Reason})";

    /// <summary>One row each: numbers end and units begin in one column.</summary>
    private static void Figures(IReadOnlyList<Figure> figures, TextPen pen)
    {
        if (figures.Count == 0)
            return;
        var rows = figures.Select(f => (f.Name, Text: FigureText.Of(f.Value, f.Unit), Bound: FigureText.Bound(f))).ToList();
        var (name, number) = (rows.Max(r => r.Name.Length), rows.Max(r => r.Text.Number.Length));
        foreach (var row in rows)
            pen.Line(pen.Paint($"    {row.Name.PadRight(name)}  {row.Text.Number.PadLeft(number)} {row.Text.Unit}{row.Bound}".TrimEnd(), "2"));
    }

    private static void Meaning(Meaning means, TextPen pen)
    {
        foreach (var (whom, what) in new[] { ("Linux", means.Linux), ("Windows", means.Windows), ("Migration", means.Migration) })
        {
            if (what is not null)
                pen.Paragraph(what + ".", $"  {whom}: ", "    ");
        }
    }

    private static void Fix(string? name, TextPen pen)
    {
        if (name is null || FixCatalogue.Find(name) is not { } fix)
            return;
        pen.Paragraph($"{fix.Title} ({fix.Name}), if it can:", "  Fix: ", "    ");
        pen.Line("    " + pen.Paint($"guestclock fix --only {string.Join(' ', fix.Checks)}", "36"));
    }

    private static void Tail(TrialReport report, TextPen pen, bool verbose)
    {
        var parts = new List<string> { $"{report.Count(CheckStatus.Pass)} passed" };
        if (report.Count(CheckStatus.NotApplicable) is var skipped and > 0)
            parts.Add($"{skipped} {(skipped == 1 ? "does" : "do")} not apply");
        if (report.Count(CheckStatus.Unknown) is var unknown and > 0)
            parts.Add($"{unknown} could not be judged");
        pen.Paragraph(string.Join(", ", parts) + (verbose ? "." : " (--verbose shows figures and what they mean)."), "", "  ");
        foreach (var remark in report.Remarks)
            pen.Paragraph(remark + ".", "", "  ");
    }

    private static string? Color(CheckStatus status) => status switch
    {
        CheckStatus.Critical => "1;31",
        CheckStatus.Warning => "1;33",
        _ => null,
    };
}
