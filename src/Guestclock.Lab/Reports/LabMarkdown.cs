using Guestclock.Lab.Results;
using Guestclock.Reports;

namespace Guestclock.Lab.Reports;

/// <summary>The lab's result for a README or a wiki.</summary>
public static class LabMarkdown
{
    public static void Write(LabReport report, TextWriter output)
    {
        output.WriteLine($"{Escape(string.Join("; ", LabTable.Setting(report)))}.");
        foreach (var scenario in report.Scenarios)
        {
            var cells = report.Cells.Where(c => c.Scenario == scenario && c.DoneRuns > 0).ToList();
            if (cells.Count == 0)
                continue;
            output.WriteLine();
            output.WriteLine($"| {scenario} | {string.Join(" | ", LabTable.Columns.Select(c => Escape(c.Heading)))} |");
            output.WriteLine($"|---|{string.Concat(LabTable.Columns.Select(_ => "--:|"))}");
            foreach (var cell in cells)
                output.WriteLine($"| `{cell.Method}` | {string.Join(" | ", LabTable.Columns.Select(c => Escape(c.Text(cell))))} |");
        }

        output.WriteLine();
        foreach (var sentence in LabTable.Legend(report))
            output.WriteLine(Escape(sentence));
        var gaps = LabTable.Gaps(report).ToList();
        if (gaps.Count > 0)
            output.WriteLine();
        foreach (var gap in gaps)
            output.WriteLine($"- {Escape(gap)}");
        output.WriteLine();
        output.WriteLine($"Made by `{Words.Plain(report.Setting.Command).Replace('`', '\'')}`.");
    }

    private static string Escape(string text)
    {
        var plain = Words.Plain(text);
        foreach (var c in "\\`*_<>|[]")
            plain = plain.Replace(c.ToString(), "\\" + c, StringComparison.Ordinal);
        return plain;
    }
}
