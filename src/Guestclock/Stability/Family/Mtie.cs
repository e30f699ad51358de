using System.Numerics;
using System.Runtime.InteropServices;

namespace Guestclock.Stability.Family;

/// <summary>
/// Maximum time interval error in seconds: the largest max − min of any window of m + 1 points. Of a window with missing points those that are there count, if
/// they are two: the error between them was there, whatever was not seen. To be asked with rising m.
/// </summary>
/// <remarks>
/// Holds the maximum and the minimum of the 2^k points from each point on. A window of any length up to 2^(k+1) is two of these, so that each m costs one
/// pass over the points, and all m together one pass more for each doubling.
/// </remarks>
internal sealed class Mtie(Samples samples)
{
    // A missing point is neither the highest nor the lowest of any window.
    private readonly double[] highest = WithoutMissing(samples, double.NegativeInfinity);
    private readonly double[] lowest = WithoutMissing(samples, double.PositiveInfinity);
    private int width = 1;

    public (double Value, long Terms) At(int m)
    {
        var window = m + 1L;
        while (2L * width <= window)
            Double();
        double worst = 0;
        long terms = 0;
        foreach (var run in samples.Spans)
        {
            var windows = (int)Math.Max(0, run.Length - m);
            if (windows == 0)
                continue;
            terms += samples.Missing == 0 ? windows : WithTwoPoints(samples.Of(run), m + 1);
            var second = run.Start + (int)(window - width);
            worst = Math.Max(worst, Widest(highest.AsSpan(run.Start, windows), highest.AsSpan(second, windows),
                lowest.AsSpan(run.Start, windows), lowest.AsSpan(second, windows)));
        }

        return (worst, terms);
    }

    private static double[] WithoutMissing(Samples samples, double instead)
    {
        var x = (double[])samples.X.Clone();
        if (samples.Missing > 0)
            x.AsSpan().Replace(double.NaN, instead);
        return x;
    }

    /// <summary>How many windows of so many places hold two points or more.</summary>
    private static long WithTwoPoints(ReadOnlySpan<double> x, int places)
    {
        long windows = 0;
        var points = 0;
        for (var i = 0; i < x.Length; i++)
        {
            points += double.IsNaN(x[i]) ? 0 : 1;
            if (i >= places)
                points -= double.IsNaN(x[i - places]) ? 0 : 1;
            if (i >= places - 1 && points >= 2)
                windows++;
        }

        return windows;
    }

    private static double Widest(ReadOnlySpan<double> high, ReadOnlySpan<double> high2, ReadOnlySpan<double> low, ReadOnlySpan<double> low2)
    {
        double worst = 0;
        var a = Wide(high);
        var b = Wide(high2);
        var c = Wide(low);
        var d = Wide(low2);
        var lanes = Vector<double>.Zero;
        for (var i = 0; i < a.Length && i < b.Length && i < c.Length && i < d.Length; i++)
            lanes = Greater(lanes, Greater(a[i], b[i]) - Lesser(c[i], d[i]));
        for (var i = 0; i < Vector<double>.Count; i++)
            worst = Math.Max(worst, lanes[i]);
        for (var i = a.Length * Vector<double>.Count; i < high.Length; i++)
            worst = Math.Max(worst, Math.Max(high[i], high2[i]) - Math.Min(low[i], low2[i]));
        return worst;
    }

    /// <summary>From the extremes of 2^k points to those of twice as many. Entries whose points reach past the end mean nothing and are not asked for.</summary>
    private void Double()
    {
        var count = highest.Length - width;
        if (count > 0)
        {
            Fold(highest.AsSpan(0, count), highest.AsSpan(width), highest: true);
            Fold(lowest.AsSpan(0, count), lowest.AsSpan(width), highest: false);
        }

        width *= 2;
    }

    private static void Fold(Span<double> here, ReadOnlySpan<double> ahead, bool highest)
    {
        var a = MemoryMarshal.Cast<double, Vector<double>>(here);
        var b = Wide(ahead);
        if (highest)
        {
            for (var i = 0; i < a.Length && i < b.Length; i++)
                a[i] = Greater(a[i], b[i]);
        }
        else
        {
            for (var i = 0; i < a.Length && i < b.Length; i++)
                a[i] = Lesser(a[i], b[i]);
        }

        for (var i = a.Length * Vector<double>.Count; i < here.Length; i++)
            here[i] = highest ? Math.Max(here[i], ahead[i]) : Math.Min(here[i], ahead[i]);
    }

    private static Vector<double> Greater(Vector<double> a, Vector<double> b) => Vector.ConditionalSelect(Vector.GreaterThan(a, b), a, b);

    private static Vector<double> Lesser(Vector<double> a, Vector<double> b) => Vector.ConditionalSelect(Vector.LessThan(a, b), a, b);

    private static ReadOnlySpan<Vector<double>> Wide(ReadOnlySpan<double> x) => MemoryMarshal.Cast<double, Vector<double>>(x);
}
