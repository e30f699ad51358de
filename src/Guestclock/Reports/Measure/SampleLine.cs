using Guestclock.Measuring;
using Guestclock.Measuring.Runs;

namespace Guestclock.Reports.Measure;

/// <summary>One reading on one line: time of day, offset ± bound, and what the bound is made of. Steps, remarks and losses are paragraphs of their own.</summary>
public static class SampleLine
{
    private const int OffsetWidth = 25;
    private const string Unused = " (slow)";

    /// <param name="lostBefore">Why the reading before was lost; the same reason is not told twice.</param>
    /// <param name="width">Columns; parts of the bound that do not fit are left out.</param>
    public static void Write(MeasureEntry entry, MeasuredPair pair, TextPen pen, int width, string? lostBefore = null)
    {
        var time = TimeText.OfDay(entry.AtUnixNs) + "  ";
        if (entry.Step is { } step)
            pen.Paragraph(StepText.Of(step, pair), $"{time}step: ", new string(' ', time.Length), color: "33");
        if (entry.Sample is { } sample)
        {
            var line = $"{time}{OffsetText.Of(sample.OffsetNs, sample.BoundNs).PadRight(OffsetWidth)}  ";
            var more = entry.IsUsed ? "" : Unused;
            pen.Line((line + PartsText.Fitting(sample.Parts, width - line.Length - more.Length) + more).TrimEnd());
            if (sample.Remark is { } remark)
                pen.Paragraph(remark, $"{time}remark: ", new string(' ', time.Length));
        }
        else
        {
            pen.Paragraph(entry.Problem == lostBefore ? "as before" : entry.Problem ?? "", $"{time}lost: ", new string(' ', time.Length));
        }
    }
}
