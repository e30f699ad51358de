namespace Guestclock.Linux.ClockTests;

/// <summary>What one reader saw, in the clock's units.</summary>
internal sealed class StepCount
{
    public long Reads { get; set; }

    public long CrossReads { get; set; }

    public long BackSteps { get; private set; }

    public long WorstBack { get; private set; }

    public long CrossBackSteps { get; private set; }

    public long WorstCrossBack { get; private set; }

    /// <summary>The smallest step forward; 0 where the clock stood still.</summary>
    public long SmallestStep { get; set; }

    /// <summary>Null where no reading of another CPU was seen.</summary>
    public long? LeastCrossGap { get; set; }

    public void Back(long by)
    {
        BackSteps++;
        WorstBack = Math.Max(WorstBack, by);
    }

    public void CrossBack(long by)
    {
        CrossBackSteps++;
        WorstCrossBack = Math.Max(WorstCrossBack, by);
    }
}
