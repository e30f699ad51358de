using Guestclock.Lab.Results;
using Guestclock.Reports;

namespace Guestclock.Lab.Reports;

/// <summary>The lab's result for a terminal: one table per scenario, not wider than 80 columns.</summary>
public static class LabText
{
    private const int MethodWidth = 15;
    private const string Bold = "1";
    private const string Red = "31";
    private const string Dim = "2";

    public static void Write(LabReport report, TextWriter output, TextLayout layout)
    {
        var pen = new TextPen(output, layout);
        pen.Paragraph(string.Join("; ", LabTable.Setting(report)));
        foreach (var scenario in report.Scenarios)
        {
            var cells = report.Cells.Where(c => c.Scenario == scenario && c.DoneRuns > 0).ToList();
            if (cells.Count == 0)
                continue;
            pen.Line();
            var runs = cells.Max(c => c.DoneRuns);
            pen.Line(pen.Paint(scenario, Bold) + pen.Paint(runs == 1 ? "" : $"  {runs} runs each", Dim));
            pen.Line(pen.Paint(Row("method", LabTable.Columns.Select(c => c.Heading)), Dim));
            foreach (var cell in cells)
                pen.Line(pen.Paint(Row(cell.Method, LabTable.Columns.Select(c => c.Text(cell))), cell.BrokenClaims > 0 ? Red : null));
        }

        pen.Line();
        foreach (var sentence in LabTable.Legend(report))
            pen.Paragraph(sentence);
        var gaps = LabTable.Gaps(report).ToList();
        if (gaps.Count > 0)
            pen.Line();
        foreach (var gap in gaps)
            pen.Paragraph(gap, "- ");
    }

    private static string Row(string method, IEnumerable<string> texts) =>
        method.PadRight(MethodWidth) + string.Concat(texts.Zip(LabTable.Columns, (text, column) => " " + text.PadLeft(column.Width - 1)));
}
