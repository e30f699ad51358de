using System.Numerics;
using System.Runtime.InteropServices;

namespace Guestclock.Stability.Family;

/// <summary>Points that stand beside each other: <paramref name="Length"/> of them from <paramref name="Start"/> on.</summary>
internal readonly record struct Run(int Start, int Length)
{
    /// <summary>The runs without a missing point, in order.</summary>
    public static List<Run> Whole(ReadOnlySpan<double> x)
    {
        var runs = new List<Run>();
        for (var start = 0; start < x.Length;)
        {
            var length = UntilMissing(x[start..]);
            if (length > 0)
                runs.Add(new(start, length));
            start += length + 1;
        }

        return runs;
    }

    /// <summary>The longest run without a missing point; of length 0 where there is none.</summary>
    public static Run Longest(List<Run> whole) => whole.Count == 0 ? default : whole.MaxBy(r => r.Length);

    /// <summary>The points whose phases have one origin: all of them, or the longest run where gaps break the phase.</summary>
    public static Run OfOneOrigin(PhaseSeries series) => series.GapsBreakPhase ? Longest(Whole(series.PhaseS)) : new(0, series.Count);

    private static int UntilMissing(ReadOnlySpan<double> x)
    {
        var there = 0;
        foreach (var lanes in MemoryMarshal.Cast<double, Vector<double>>(x))
        {
            if (!Vector.EqualsAll(lanes, lanes))
                break;
            there += Vector<double>.Count;
        }

        while (there < x.Length && !double.IsNaN(x[there]))
            there++;
        return there;
    }
}
