using System.Globalization;
using Guestclock.Units;

namespace Guestclock.Stability.Grids;

/// <summary>The sentences that say what became of samples on their way to the grid.</summary>
internal sealed class GridRemarks
{
    private const int ShownSteps = 3;

    private readonly List<string> _all = [];

    public IReadOnlyList<string> All => _all;

    public void NoTimes() => _all.Add("the log has no times: one value a second is assumed; '--rate HZ' says otherwise");

    public void Intervals(IntervalCounts intervals, GridSpacing spacing)
    {
        if (spacing.SlackS > 0)
            Add($"its times are whole seconds, too coarse for samples {Span(spacing.Tau0S)} apart: they are taken as evenly spaced");
        if (intervals.Backwards > 0)
            Add($"its times go back {Times(intervals.Backwards)}, as after a step of the clock or where logs are joined");
        if (intervals.TooSoon > 0)
            Add($"{Count(intervals.TooSoon, "sample")} came sooner than half an interval after the one before and {(intervals.TooSoon == 1 ? "is" : "are")} left out");
        var (points, count, repeats) = intervals.Longer;
        if (count * 20 > intervals.All && repeats * 2 > count)
            Add($"the interval changes: {count} of {intervals.All} are about {Span(points * intervals.Tau0S)}, the grid has {Span(intervals.Tau0S)}, so that those are gaps; '--tau0 {points * intervals.Tau0S:0.###}s' uses the longer one");
    }

    public void Steps(List<PhaseStep> steps, bool areKept)
    {
        if (steps.Count == 0)
            return;
        var first = string.Join(", ", steps.Take(ShownSteps).Select(s => $"{(s.SizeS > 0 ? "+" : "")}{Span(s.SizeS)} after {Span(s.AfterS)}"));
        Add($"the clock stepped {Times(steps.Count)} ({first}{(steps.Count > ShownSteps ? ", …" : "")}){(areKept ? "; the statistics contain that" : "; '--keep-steps' analyses across")}");
    }

    public void Part(long used, long samples, int parts) =>
        Add($"only the longest of {parts} parts without a break is analysed: {used} of {samples} samples");

    public void Outliers(long count, bool areRemoved)
    {
        if (count > 0)
            Add($"{Count(count, "sample")} {(count == 1 ? "is an outlier" : "are outliers")}{(areRemoved ? ", removed" : "; '--outliers remove' analyses without")}");
    }

    public void Gaps(long gaps, double longestS)
    {
        if (gaps > 0)
            Add($"{Count(gaps, "gap")}, the longest {Span(longestS)}; nothing is put in their place");
    }

    private static string Times(long count) => count switch { 1 => "once", 2 => "twice", _ => string.Create(CultureInfo.InvariantCulture, $"{count} times") };

    private static string Count(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static string Span(double seconds) => Math.Abs(seconds) < 9e9 ? Nanoseconds.FromSeconds(seconds).ToString() : string.Create(CultureInfo.InvariantCulture, $"{seconds:0.###e0} s");

    private void Add(FormattableString text) => _all.Add(text.ToString(CultureInfo.InvariantCulture));
}
