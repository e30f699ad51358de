namespace Guestclock.Stability.Grids;

/// <summary>How often an interval took how many points of the grid.</summary>
internal sealed class IntervalCounts(GridSpacing spacing)
{
    private const int Largest = 4096;

    private readonly long[] _counts = new long[Largest + 1];
    private readonly long[] _repeats = new long[Largest + 1];
    private double _last;

    public double Tau0S => spacing.Tau0S;

    public long All { get; private set; }

    public long TooSoon { get; private set; }

    public long Backwards { get; private set; }

    /// <summary>The interval that comes most often among those of several points, in points; how often it comes, and how often twice in a row: a lost sample does not.</summary>
    public (int Points, long Count, long Repeats) Longer
    {
        get
        {
            var most = 2;
            for (var k = 3; k <= Largest; k++)
                most = _counts[k] > _counts[most] ? k : most;
            return (most, _counts[most], _repeats[most]);
        }
    }

    public void Add(double steps)
    {
        All++;
        TooSoon += steps == 0 ? 1 : 0;
        Backwards += steps < 0 ? 1 : 0;
        if (steps is >= 1 and <= Largest)
        {
            _counts[(int)steps]++;
            _repeats[(int)steps] += steps == _last ? 1 : 0;
        }

        _last = steps;
    }
}
