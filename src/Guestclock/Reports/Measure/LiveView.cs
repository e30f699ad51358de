using Guestclock.Measuring;
using Guestclock.Measuring.Runs;
using Guestclock.Units;

namespace Guestclock.Reports.Measure;

/// <summary>What a terminal shows while it is measured: the last offset ± its bound, mean, spread, counts and a small plot. Decides nothing.</summary>
public static class LiveView
{
    private const int Rows = 6;
    private const int LabelWidth = 12;

    /// <summary>Figures and plot are of the last readings only: a long run stays as quick as a short one.</summary>
    public const int MostEntries = 600;

    /// <param name="entries">The last readings, at most <see cref="MostEntries"/>; not empty.</param>
    /// <param name="readings">All of them; <paramref name="lost"/> of them lost.</param>
    /// <returns>Lines that are shorter than the layout is wide.</returns>
    public static IReadOnlyList<string> Lines(IReadOnlyList<MeasureEntry> entries, MeasuredPair pair, long readings, long lost, TextLayout layout)
    {
        var width = layout.Width - 1;
        var lines = new List<string> { $"{pair.Clock} against {pair.Reference}" };
        List<MeasureEntry> since = [.. entries.Skip(Math.Max(0, IndexOfLastStep(entries))).Where(e => e.Sample is not null)];
        if (since.Any(e => e.IsUsed))
            Figures(lines, OffsetFigures.Of(since));
        else
            lines.Add("  no sample yet");
        lines.Add($"  {readings} readings, {lost} lost");
        Plot(lines, since, width);
        lines.Add("  Ctrl-C ends and shows the summary");
        return [.. lines.Select(l => Words.Plain(l)).Select(l => l.Length <= width ? l : l[..width])];
    }

    private static int IndexOfLastStep(IReadOnlyList<MeasureEntry> entries)
    {
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            if (entries[i].Step is not null)
                return i;
        }

        return 0;
    }

    private static void Figures(List<string> lines, OffsetFigures offset)
    {
        var current = offset.Current;
        lines.Add($"  now    {OffsetText.Of(current.OffsetNs, current.BoundNs),-26} {PartsText.Of(current.Parts)}");
        lines.Add(offset.DeviationNs is { } deviation
            ? $"  mean   {OffsetText.WithSign(offset.MeanNs, deviation)}, spread {OffsetText.Length(deviation)}, jitter {OffsetText.Length(offset.JitterNs ?? 0)} ({offset.Used} of {offset.Samples} used, {new Nanoseconds(offset.SpanNs)})"
            : "  mean   of one sample");
    }

    private static void Plot(List<string> lines, List<MeasureEntry> samples, int width)
    {
        var columns = width - LabelWidth - 4;
        var shown = samples.TakeLast(columns * 2).ToList();
        if (shown.Count < 2)
            return;
        var (low, high) = (shown.Min(e => e.Sample!.OffsetNs), shown.Max(e => e.Sample!.OffsetNs));
        var resolution = Math.Max(1, ((double)high - low) / 10);
        var plot = BraillePlot.Lines([.. shown.Select(e => (double?)e.Sample!.OffsetNs)], low, high, columns, Rows);
        for (var row = 0; row < Rows; row++)
        {
            var label = row == 0 ? OffsetText.WithSign(high, resolution) : row == Rows - 1 ? OffsetText.WithSign(low, resolution) : "";
            lines.Add($"  {label,LabelWidth} │{plot[row]}");
        }
    }
}
