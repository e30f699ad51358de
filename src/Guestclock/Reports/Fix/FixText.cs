using Guestclock.Fixes;
using Guestclock.Fixes.Runs;
using Guestclock.Fixes.Steps;

namespace Guestclock.Reports.Fix;

/// <summary>A plan, and what came of it, for a person at a terminal.</summary>
public static class FixText
{
    /// <summary>Characters; kernel command lines are shorter, the padding of grubenv is not.</summary>
    private const int LongestLine = 400;

    private const string Bold = "1";
    private const string Green = "32";
    private const string Red = "31";
    private const string Yellow = "33";
    private const string Cyan = "36";

    /// <summary>Every step with its reason, its difference, when it shows and its risk; then what is not planned, and why.</summary>
    public static void Plan(Plan plan, TextPen pen, SecretFilter secrets)
    {
        if (plan.Steps.Count == 0)
            pen.Paragraph("Nothing is planned.", color: Bold);
        else
            pen.Paragraph($"{Count(plan.Findings.Count(f => f.State == FindingState.Planned), "finding")} to repair, by {Count(plan.Steps.Count, "change")}:", color: Bold);
        pen.Line();
        for (var i = 0; i < plan.Steps.Count; i++)
            Step(plan.Steps[i], i + 1, pen, secrets);
        Deferred(plan, pen);
        Held(plan, pen);
        LeftToUser(plan, pen);
        Optional(plan, pen);
    }

    /// <summary>What was done, and which findings are gone, wait, and remain.</summary>
    public static void Outcome(FixReport report, TextPen pen)
    {
        if (report.Run is { } run)
            Run(run, pen);
        if (report.After is null)
            return;
        foreach (var finding in report.Plan.Findings)
        {
            if (report.Of(finding) is not { } aftermath)
                continue;
            var (word, color) = aftermath.State switch
            {
                AftermathState.Gone => ("gone", Green),
                AftermathState.Waits when report.Plan.IsAside => ("waits for you to put the files in their places", Yellow),
                AftermathState.Waits => ($"waits: takes effect {RiskText.Of(aftermath.For!.Value)}", Yellow),
                _ => ("remains", Red),
            };
            pen.Paragraph($"{finding.Judged.Check.Id}: {word}", "  ", "    ", color);
        }

        pen.Line();
        pen.Paragraph($"{Words.Of(report.Verdict.Status)}  {report.Verdict.Summary}.", color: Bold);
    }

    /// <summary>What is left to do after files were written aside; commands are indented.</summary>
    public static void Instructions(IReadOnlyList<string> lines, TextPen pen)
    {
        foreach (var line in lines)
        {
            if (line.StartsWith(' '))
                pen.Line("  " + pen.Paint(line, Cyan));
            else
                pen.Paragraph(line);
        }

        if (lines.Count > 0)
            pen.Line();
    }

    /// <summary>A run of the journal in one paragraph, its failed and left steps below.</summary>
    public static void Run(RunRecord run, TextPen pen)
    {
        var text = run.State switch
        {
            RunState.Applied => $"Done as run {run.Id}; 'guestclock rollback' undoes it.",
            RunState.RolledBack => $"Run {run.Id} is undone: everything is as it was before it.",
            RunState.PartlyRolledBack => $"Run {run.Id} is undone in part:",
            _ => $"Run {run.Id} did not come to its end; the next 'guestclock fix' or 'guestclock rollback' undoes it.",
        };
        pen.Paragraph((run.Why is null ? "" : $"{Sentence(run.Why)} ") + text, color: run.State == RunState.Applied ? Green : Yellow);
        foreach (var step in run.Steps.Where(s => s.State is StepState.Failed or StepState.Left))
            pen.Paragraph($"{step.Text}: {(step.State == StepState.Left ? "left as it is" : "failed")}{(step.Why is null ? "" : $": {step.Why}")}", "  ", "    ", Yellow);
        pen.Line();
    }

    private static void Step(FixStep step, int number, TextPen pen, SecretFilter secrets)
    {
        pen.Paragraph(StepText.Title(step), $"{number,2}. ", color: Bold);
        foreach (var reason in step.Reasons)
            pen.Paragraph($"{reason.CheckId}: {reason.Text}", "    ", "      ");
        pen.Paragraph($"takes effect {StepText.When(step)}", "    ", color: step.Risk == Risk.None ? null : Yellow);
        foreach (var line in StepText.Diff(step, secrets))
            pen.Line("      " + pen.Paint(Shown(line), Color(line)));
        pen.Line();
    }

    private static void Deferred(Plan plan, TextPen pen)
    {
        if (plan.Deferred.Count == 0)
            return;
        pen.Paragraph("Left out unless it is named:", color: Bold);
        foreach (var step in plan.Deferred)
        {
            var ids = string.Join(' ', step.Reasons.Select(r => r.CheckId).Distinct(StringComparer.Ordinal));
            pen.Paragraph($"{StepText.Title(step)} ({RiskText.Of(step.Risk)}): --only {ids}", "  ", "    ");
        }

        pen.Line();
    }

    private static void Held(Plan plan, TextPen pen)
    {
        foreach (var finding in plan.Findings.Where(f => f.State == FindingState.HeldBack))
        {
            pen.Paragraph($"Held back: {finding.Judged.Check.Id} {finding.Why}{(finding.Risk == Risk.None ? "" : $"; take it with --only {finding.Judged.Check.Id}")}.", "", "  ", Yellow);
            WouldDo(finding, pen);
        }

        if (plan.Findings.Any(f => f.State == FindingState.HeldBack))
            pen.Line();
    }

    private static void LeftToUser(Plan plan, TextPen pen)
    {
        var left = plan.Findings.Where(f => f.State == FindingState.LeftToUser || f.ByHand.Count > 0).ToList();
        if (left.Count == 0)
            return;
        pen.Paragraph("Left to you:", color: Bold);
        var told = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var finding in left)
        {
            var judged = finding.Judged;
            var byHand = finding.ByHand.Count > 0 ? finding.ByHand
                : judged.Finding.Remedy is { } remedy ? [new ByHand(remedy.Summary, remedy.Commands)] : (IReadOnlyList<ByHand>)[];
            pen.Paragraph($"{judged.Check.Id}: {judged.Finding.Summary}{(finding.Why is null ? "" : $" ({finding.Why})")}", "  ", "    ");
            foreach (var hand in byHand)
            {
                if (!told.TryAdd($"{hand.Sentence}\n{string.Join('\n', hand.Commands)}", judged.Check.Id))
                {
                    pen.Paragraph($"The same as for {told[$"{hand.Sentence}\n{string.Join('\n', hand.Commands)}"]}.", "    ");
                    continue;
                }

                pen.Paragraph(Sentence(hand.Sentence), "    ");
                foreach (var command in hand.Commands)
                    pen.Line("      " + pen.Paint(command.Replace("\n", "\n      ", StringComparison.Ordinal), Cyan));
            }
        }

        pen.Line();
    }

    private static void Optional(Plan plan, TextPen pen)
    {
        foreach (var finding in plan.Findings.Where(f => f.State == FindingState.Optional))
        {
            pen.Paragraph($"Not wrong, but can be done with --only {finding.Judged.Check.Id}: {finding.Judged.Finding.Summary}.", "", "  ");
            WouldDo(finding, pen);
        }

        if (plan.Findings.Any(f => f.State == FindingState.Optional))
            pen.Line();
    }

    private static void WouldDo(PlannedFinding finding, TextPen pen)
    {
        foreach (var step in finding.WouldDo)
            pen.Paragraph(StepText.Title(step), "    ", "      ");
    }

    /// <summary>A line of a file on a terminal: no control characters, not for ever; a carriage return shows.</summary>
    private static string Shown(string line) => line.Length > LongestLine ? Shown(line[..LongestLine]) + "…" : string.Concat(line.Select(c => c == '\t' ? "\t" : c == '\r' ? "^M" : char.IsControl(c) ? "\uFFFD" : c.ToString()));

    private static string? Color(string line) => line.Length == 0 ? null : line[0] switch
    {
        '+' => Green,
        '-' => Red,
        '@' => Cyan,
        _ => null,
    };

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    private static string Sentence(string text) => text.Length == 0 || text[^1] is '.' or ':' or '!' ? text : text + ".";
}
