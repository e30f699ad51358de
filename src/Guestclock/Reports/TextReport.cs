using Guestclock.Checks;
using Guestclock.Fixes;
using Guestclock.Judging;
using Guestclock.Remedies;

namespace Guestclock.Reports;

/// <summary>The report for a person at a terminal: verdict and first broken link, then findings by severity, then one line for the rest.</summary>
public static class TextReport
{
    public static void Write(Report report, TextWriter output, TextLayout layout, bool verbose)
    {
        var pen = new TextPen(output, layout);
        Head(report, pen);
        var advised = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var status in new[] { CheckStatus.Critical, CheckStatus.Warning })
        {
            foreach (var check in report.With(status).OrderBy(c => c.Link))
                Problem(check, pen, advised);
        }

        Short(report, CheckStatus.Info, pen, verbose);
        if (verbose)
        {
            Short(report, CheckStatus.Pass, pen, verbose);
            Short(report, CheckStatus.Unknown, pen, verbose);
            Short(report, CheckStatus.NotApplicable, pen, verbose);
        }

        Tail(report, pen, verbose);
    }

    private static void Head(Report report, TextPen pen)
    {
        var first = Words.Of(report.Verdict.Status) + "  ";
        pen.Paragraph(report.Verdict.Summary + ".", first, firstColor: VerdictColor.Of(report.Verdict.Status));
        if (report.Verdict.FirstBroken is { } broken)
            pen.Paragraph($"First broken link: {Words.Link(broken, report.Facts)} ({broken.Check.Id})", new string(' ', first.Length));
        pen.Line();
        pen.Paragraph(Words.Machine(report.Facts.Identity).Replace(' ', TextPen.Together).Replace($"{TextPen.Together}·{TextPen.Together}", $"{TextPen.Together}· ", StringComparison.Ordinal));
        if (report.Facts.Assumed.All.Count > 0)
            pen.Paragraph("assumed: " + string.Join(", ", report.Facts.Assumed.All.Select(a => $"{a.Key}={a.Value}")));
        pen.Line();
    }

    /// <param name="advised">The remedies that were told already, each with its check: one remedy is told once.</param>
    private static void Problem(JudgedCheck check, TextPen pen, Dictionary<string, string> advised)
    {
        var word = Words.Of(check.Finding.Status).ToUpperInvariant();
        pen.Line($"{pen.Paint(word, Color(check.Finding.Status))} {pen.Paint(check.Check.Id, "1")}");
        pen.Paragraph(check.Finding.Summary + ".", "  ");
        Evidence(check.Finding, pen, "    ");
        if (check.Finding.Remedy is { } remedy && advised.TryGetValue(Whole(remedy), out var told))
        {
            pen.Paragraph($"Fix: the same as for {told}.", "  ");
        }
        else if (check.Finding.Remedy is not null)
        {
            remedy = check.Finding.Remedy;
            advised.Add(Whole(remedy), check.Check.Id);
            pen.Paragraph("Fix: " + remedy.Summary + ".", "  ", "       ");
            foreach (var command in remedy.Commands)
                pen.Line("    " + pen.Paint(command.Replace("\n", "\n    ", StringComparison.Ordinal), "36"));
        }

        pen.Line();
    }

    private static void Short(Report report, CheckStatus status, TextPen pen, bool verbose)
    {
        var checks = report.With(status).OrderBy(c => c.Link).ToList();
        foreach (var check in checks)
        {
            var finding = check.Finding;
            var lead = $"{Words.Of(status)} {check.Check.Id}: ";
            var text = status switch
            {
                CheckStatus.NotApplicable => finding.Reason ?? "",
                CheckStatus.Unknown when finding.Reason is not null => $"{finding.Summary} ({finding.Reason})",
                CheckStatus.Info when !verbose && check.Waived is null => finding.Summary,
                _ => finding.Reason is null ? finding.Summary : $"{finding.Summary} ({finding.Reason})",
            };
            pen.Paragraph(lead + text, "", "  ");
            if (verbose && status != CheckStatus.NotApplicable)
                Evidence(finding, pen, "    ");
        }

        if (checks.Count > 0)
            pen.Line();
    }

    private static string Whole(Remedy remedy) => $"{remedy.Summary}\n{string.Join('\n', remedy.Commands)}";

    private static void Evidence(Finding finding, TextPen pen, string indent)
    {
        // What the sentence says already is not said again.
        foreach (var item in finding.Evidence.Where(e => e.Value != finding.Summary && !finding.Summary.EndsWith($"{e.Fact}: {e.Value}", StringComparison.Ordinal) && e.Value != $"not known: {finding.Reason}"))
            pen.Paragraph($"{item.Fact}: {Cut(item.Value)} [{item.Source}]", indent, indent + "  ", "2");
    }

    private static void Tail(Report report, TextPen pen, bool verbose)
    {
        var parts = new List<string> { $"{report.Count(CheckStatus.Pass)} passed" };
        if (report.Count(CheckStatus.NotApplicable) is var skipped and > 0)
            parts.Add($"{skipped} {(skipped == 1 ? "does" : "do")} not apply");
        if (report.Count(CheckStatus.Unknown) is var unknown and > 0)
            parts.Add($"{unknown} could not be judged");
        var isAllShown = verbose || report.Judgement.Checks.All(c => c.Finding.Status is CheckStatus.Info or CheckStatus.Warning or CheckStatus.Critical);
        pen.Paragraph(string.Join(", ", parts) + (isAllShown ? "." : " (--verbose shows them)."), "", "  ");
        if (report.Judgement.Checks.Any(c => c.Finding.Status is CheckStatus.Info or CheckStatus.Warning or CheckStatus.Critical))
            pen.Paragraph("'guestclock explain ID' tells more of a check.", "", "  ");
        if (report.IsLive && report.Judgement.Checks.Any(c => c.Finding.Status is CheckStatus.Warning or CheckStatus.Critical && FixCatalogue.All.Any(f => f.Takes(c))))
            pen.Paragraph("'guestclock fix' shows what it can repair, and asks before it does.", "", "  ");
        if (report.IsRoleToSay)
            pen.Paragraph("What the machine is, an image does not tell; more can be judged with --assume role=kvm-guest (or kvm-host, bare-metal...).", "", "  ");
        if (!report.IsLive && report.Judgement.Checks.Any(c => c.Finding.Remedy is { Commands.Count: > 0 }))
            pen.Paragraph("The commands are meant for that machine, not for this one.", "", "  ");
        if (report.NeedsRoot is { Count: > 0 } denied)
            pen.Paragraph($"As root also: {string.Join(", ", denied)}.", "", "  ");
        foreach (var probe in report.FailedProbes)
            pen.Paragraph($"The probe {probe.Name} did not finish: {probe.Why}.", "", "  ");
        foreach (var stale in report.Judgement.StaleWaivers)
            pen.Paragraph($"Stale waiver of {stale.Waiver.CheckId} ({stale.Waiver.Reason}): {stale.Why}.", "", "  ");
    }

    private static string Cut(string value) => value.Length <= 300 ? value : value[..297] + "...";

    private static string? Color(CheckStatus status) => status switch
    {
        CheckStatus.Critical => "1;31",
        CheckStatus.Warning => "1;33",
        CheckStatus.Pass => "32",
        _ => null,
    };
}
