using Guestclock.Checks;
using Guestclock.Judging;

namespace Guestclock.Reports;

/// <summary>The report for a ticket or a wiki.</summary>
public static class MarkdownReport
{
    public static void Write(Report report, TextWriter output)
    {
        output.WriteLine($"# {Words.Of(report.Verdict.Status)}: {Escape(report.Verdict.Summary)}");
        output.WriteLine();
        if (report.Verdict.FirstBroken is { } broken)
            output.WriteLine($"First broken link: **{Words.Link(broken, report.Facts)}** (`{broken.Check.Id}`)\n");
        output.WriteLine($"{Escape(Words.Machine(report.Facts.Identity))}; taken at {report.TakenAt:yyyy-MM-dd'T'HH:mm:ss'Z'} by guestclock {report.ToolVersion}"
            + (report.IsLive ? "." : " from an image or a recording."));
        if (report.Facts.Assumed.All.Count > 0)
            output.WriteLine($"\nAssumed: {string.Join(", ", report.Facts.Assumed.All.Select(a => $"`{a.Key}={a.Value}`"))}.");
        output.WriteLine();
        foreach (var status in new[] { CheckStatus.Critical, CheckStatus.Warning })
        {
            foreach (var check in report.With(status).OrderBy(c => c.Link))
                Problem(check, output);
        }

        Table(report, output);
        foreach (var stale in report.Judgement.StaleWaivers)
            output.WriteLine($"\nStale waiver of `{stale.Waiver.CheckId}`: {Escape(stale.Why)}.");
    }

    private static void Problem(JudgedCheck check, TextWriter output)
    {
        var finding = check.Finding;
        output.WriteLine($"## {Words.Of(finding.Status)}: {check.Check.Id}");
        output.WriteLine();
        output.WriteLine(Escape(finding.Summary) + ".");
        output.WriteLine();
        foreach (var item in finding.Evidence)
            output.WriteLine($"- {Escape(item.Fact)}: {Code(item.Value)} ({Code(item.Source)})");
        if (finding.Remedy is { } remedy)
        {
            output.WriteLine();
            output.WriteLine($"Fix: {Escape(remedy.Summary)}.");
            if (remedy.Commands.Count > 0)
                output.WriteLine($"\n```sh\n{string.Join('\n', remedy.Commands)}\n```");
        }

        output.WriteLine();
    }

    private static void Table(Report report, TextWriter output)
    {
        output.WriteLine("| check | status | finding |");
        output.WriteLine("|---|---|---|");
        foreach (var check in report.Judgement.Checks)
        {
            var finding = check.Finding;
            var text = finding.Status == CheckStatus.NotApplicable ? finding.Reason : finding.Reason is null ? finding.Summary : $"{finding.Summary} ({finding.Reason})";
            output.WriteLine($"| `{check.Check.Id}` | {Words.Of(finding.Status)} | {Escape(text ?? "")} |");
        }
    }

    private static string Escape(string text)
    {
        var plain = Words.Plain(text);
        foreach (var c in "\\`*_<>|[]")
            plain = plain.Replace(c.ToString(), "\\" + c, StringComparison.Ordinal);
        return plain;
    }

    private static string Code(string text)
    {
        var plain = Words.Plain(text);
        return plain.Contains('`', StringComparison.Ordinal) ? $"`` {plain} ``" : $"`{plain}`";
    }
}
