namespace Guestclock.Stability.Grids;

/// <summary>How often an interval took how many points of the grid.</summary>
internal sealed class IntervalCounts(GridSpacing spacing)
{
    private const int Largest = 4096;

    private readonly long[] _counts = new long[Largest + 1];

    public double Tau0S => spacing.Tau0S;

    public long All { get; private set; }

    public long TooSoon { get; private set; }

    public long Backwards { get; private set; }

    /// <summary>The interval that comes most often among those of several points, in points, and how often.</summary>
    public (int Points, long Count) Longer
    {
        get
        {
            var most = 2;
            for (var k = 3; k <= Largest; k++)
                most = _counts[k] > _counts[most] ? k : most;
            return (most, _counts[most]);
        }
    }

    public void Add(double steps)
    {
        All++;
        TooSoon += steps == 0 ? 1 : 0;
        Backwards += steps < 0 ? 1 : 0;
        if (steps is >= 1 and <= Largest)
            _counts[(int)steps]++;
    }
}
