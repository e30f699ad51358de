using Guestclock.Measuring;
using Guestclock.Measuring.Runs;
using Guestclock.Units;

namespace Guestclock.Reports.Measure;

/// <summary>What a terminal shows while it is measured: the last offset ± its bound, mean, spread, counts and a small plot. Decides nothing.</summary>
public static class LiveView
{
    private const int Rows = 6;

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
            Figures(lines, OffsetFigures.Of(since), width);
        else
            lines.Add("  no sample yet");
        lines.Add($"  {readings} {(readings == 1 ? "reading" : "readings")}, {lost} lost");
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

    private static void Figures(List<string> lines, OffsetFigures offset, int width)
    {
        var current = offset.Current;
        var now = $"  now    {OffsetText.Of(current.OffsetNs, current.BoundNs),-24} ";
        lines.Add(now + PartsText.Fitting(current.Parts, width - now.Length));
        lines.Add(offset.DeviationNs is { } deviation
            ? $"  mean   {OffsetText.WithSign(offset.MeanNs, deviation)}, spread {OffsetText.Length(deviation)}, jitter {OffsetText.Length(offset.JitterNs ?? 0)} ({offset.Used} of {offset.Samples} used, {new Nanoseconds(offset.SpanNs)})"
            : "  mean   of one sample");
    }

    /// <summary>The samples that count; the others are gaps.</summary>
    private static void Plot(List<string> lines, List<MeasureEntry> samples, int width)
    {
        var shown = samples.TakeLast(width * 2).ToList();
        List<long> used = [.. shown.Where(e => e.IsUsed).Select(e => e.Sample!.OffsetNs)];
        if (used.Count < 2)
            return;
        var (low, high) = (used.Min(), used.Max());
        var resolution = Math.Max(1, ((double)high - low) / 10);
        var (lowLabel, highLabel) = (OffsetText.WithSign(low, resolution), OffsetText.WithSign(high, resolution));
        var labelWidth = Math.Max(lowLabel.Length, highLabel.Length);
        var plot = BraillePlot.Lines([.. shown.Select(e => e.IsUsed ? (double?)e.Sample!.OffsetNs : null)], low, high, Math.Max(1, width - labelWidth - 4), Rows);
        for (var row = 0; row < Rows; row++)
            lines.Add($"  {(row == 0 ? highLabel : row == Rows - 1 ? lowLabel : "").PadLeft(labelWidth)} │{plot[row]}");
    }
}
