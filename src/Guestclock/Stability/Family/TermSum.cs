namespace Guestclock.Stability.Family;

/// <summary>The sum of squared terms and how many there are. Block after block is added with Neumaier's compensation, so that ten million terms lose no digits.</summary>
internal struct TermSum
{
    private double sum;
    private double lost;

    public long Count { get; private set; }

    public readonly double Total => sum + lost;

    public void Add(double blockSum, long terms)
    {
        var next = sum + blockSum;
        lost += Math.Abs(sum) >= Math.Abs(blockSum) ? sum - next + blockSum : blockSum - next + sum;
        sum = next;
        Count += terms;
    }

    /// <summary>√(total / (divisor · count)).</summary>
    public readonly double Root(double divisor) => Math.Sqrt(Total / (divisor * Count));
}
