using Guestclock.Measuring;
using Guestclock.Measuring.Runs;

namespace Guestclock.Reports.Measure;

/// <summary>One reading on one line: time of day, offset ± bound, and what the bound is made of.</summary>
public static class SampleLine
{
    private const int OffsetWidth = 25;
    private const string Unused = " (slow)";

    /// <param name="width">Columns; what does not fit is left out at the end of the parts.</param>
    public static IEnumerable<string> Of(MeasureEntry entry, MeasuredPair pair, int width)
    {
        var time = TimeText.OfDay(entry.AtUnixNs);
        if (entry.Step is { } step)
            yield return $"{time}  step: {Words.Plain(StepText.Of(step, pair))}";
        if (entry.Sample is { } sample)
        {
            var line = $"{time}  {OffsetText.Of(sample.OffsetNs, sample.BoundNs).PadRight(OffsetWidth)}  ";
            yield return (line + PartsText.Fitting(sample.Parts, width - line.Length - (entry.IsUsed ? 0 : Unused.Length)) + (entry.IsUsed ? "" : Unused)).TrimEnd();
            if (sample.Remark is { } remark)
                yield return $"{time}  remark: {Words.Plain(remark)}";
        }
        else
        {
            yield return $"{time}  lost: {Words.Plain(entry.Problem ?? "")}";
        }
    }
}
