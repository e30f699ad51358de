using System.Numerics;

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

/// <summary>Squares of the terms that are there, lane by lane; a term is NaN where one of its points is missing.</summary>
internal struct TermLanes
{
    private Vector<double> sum;
    private Vector<long> present;

    public void Add(Vector<double> term)
    {
        var there = Vector.Equals(term, term);
        var kept = Vector.ConditionalSelect(there, term, Vector<double>.Zero);
        sum += kept * kept;
        present -= there;
    }

    public readonly void MoveTo(ref TermSum total) => total.Add(Vector.Sum(sum), Vector.Sum(present));
}
