using Guestclock.Formats;
using Guestclock.Formats.ClockLogs;

namespace Guestclock.Stability.Grids;

/// <summary>Points that hang together, from <paramref name="From"/> to before <paramref name="To"/>.</summary>
/// <param name="StartS">When the first one is, in the log's own scale; NaN where it has no times.</param>
internal readonly record struct GridPart(int From, int To, double StartS)
{
    public int Length => To - From;

    public GridPart Cut(int from, int to, double tau0S) => new(from, to, StartS + ((from - From) * tau0S));
}

/// <summary>Samples in their places: one array of points, and the parts of it that hang together.</summary>
internal sealed class Placement
{
    /// <summary>A gap longer than this many points, and than the whole log has samples, ends a part: nothing can be said across it.</summary>
    private const int LeastLongGap = 1000;

    private Placement(double[] values, double tau0S) => (Values, Tau0S) = (values, tau0S);

    /// <summary>NaN: no sample.</summary>
    public double[] Values { get; private set; }

    public double Tau0S { get; }

    public long LeftOut { get; private set; }

    public List<GridPart> Parts { get; } = [];

    public static Placement InOrder(ClockLogSeries series, double? tau0S, GridRemarks remarks)
    {
        if (tau0S is null)
            remarks.NoTimes();
        var placed = new Placement(series.Values, tau0S ?? 1);
        placed.Parts.Add(new(0, series.Values.Length, double.NaN));
        return placed;
    }

    public static Placement ByTimes(ClockLogSeries series, double? tau0S, GridRemarks remarks)
    {
        var atS = series.AtS;
        var spacing = GridSpacing.Of(atS, tau0S);
        if (!(spacing.Tau0S > 0))
            throw new MalformedInputException("its times never rise; give its values alone in one column, with '--rate HZ' for how many there are in a second");
        var points = new List<double>(series.Values.Length);
        var placed = new Placement([], spacing.Tau0S);
        var intervals = new IntervalCounts(spacing);
        var (partStart, lastS, startS) = (0, atS[0], atS[0]);
        points.Add(series.Values[0]);
        for (var i = 1; i < atS.Length; i++)
        {
            var steps = spacing.StepsOf(atS[i] - lastS);
            intervals.Add(steps);
            if (steps == 0)
                continue;
            if (steps < 0 || steps > Math.Max(LeastLongGap, atS.Length))
            {
                placed.Parts.Add(new(partStart, points.Count, startS));
                (partStart, startS) = (points.Count, atS[i]);
                lastS = atS[i];
            }
            else
            {
                for (var k = 1; k < steps; k++)
                    points.Add(double.NaN);
            }

            points.Add(series.Values[i]);
            lastS = spacing.TimeOf(atS[i], lastS);
            if (points.Count > MostPoints(atS.Length))
                throw new MalformedInputException("its intervals differ too much for an even grid; '--tau0 DURATION' gives a longer one");
        }

        placed.Parts.Add(new(partStart, points.Count, startS));
        placed.Values = [.. points];
        placed.LeftOut = intervals.TooSoon;
        remarks.Intervals(intervals, spacing);
        return placed;
    }

    public ReadOnlySpan<double> ValuesOf(GridPart part) => Values.AsSpan(part.From, part.Length);

    public long CountKnown(GridPart part)
    {
        var count = 0L;
        foreach (var x in ValuesOf(part))
            count += double.IsNaN(x) ? 0 : 1;
        return count;
    }

    /// <summary>Finds the steps of the clock, and cuts the parts there unless they are to be kept.</summary>
    public List<GridPart> BetweenSteps(bool keep, List<PhaseStep> steps)
    {
        var pieces = new List<GridPart>();
        foreach (var part in Parts)
        {
            var from = part.From;
            foreach (var (at, sizeS) in StepSearch.Find(Values.AsMemory(part.From, part.Length)))
            {
                var startS = double.IsNaN(part.StartS) ? 0 : part.StartS - Parts[0].StartS;
                steps.Add(new(startS + (at * Tau0S), sizeS));
                if (keep)
                    continue;
                pieces.Add(part.Cut(from, part.From + at, Tau0S));
                from = part.From + at;
            }

            pieces.Add(part.Cut(from, part.To, Tau0S));
        }

        return pieces;
    }

    /// <summary>A log whose times are hostile must not fill the memory.</summary>
    private static long MostPoints(int samples) => 4_000_000 + (16L * samples);
}
