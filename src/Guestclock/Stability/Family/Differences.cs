using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Guestclock.Stability.Family;

/// <summary>Sums of squared first, second and third differences over m points, at every point (overlapping). Differences with a missing point are left out.</summary>
internal static class Differences
{
    /// <summary>Terms that are summed before they go into the compensated total.</summary>
    public const int Block = 8192;

    /// <summary>x[i+m] − x[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void First(ReadOnlySpan<double> x, int m, ref TermSum total)
    {
        for (var left = x.Length - m; left > 0; left -= Block, x = x[Math.Min(Block, x.Length)..])
        {
            var terms = Math.Min(left, Block);
            var (sum, there) = (Vector<double>.Zero, Vector<long>.Zero);
            var a = Wide(x, 0, terms);
            var b = Wide(x, m, terms);
            for (var i = 0; i < a.Length && i < b.Length; i++)
                Add(b[i] - a[i], ref sum, ref there);
            total.Add(Vector.Sum(sum), Vector.Sum(there));
            for (var i = a.Length * Vector<double>.Count; i < terms; i++)
                One(x[i + m] - x[i], ref total);
        }
    }

    /// <summary>x[i+2m] − 2x[i+m] + x[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Second(ReadOnlySpan<double> x, int m, ref TermSum total)
    {
        for (var left = x.Length - (2L * m); left > 0; left -= Block, x = x[Math.Min(Block, x.Length)..])
        {
            var terms = (int)Math.Min(left, Block);
            var (sum, there) = (Vector<double>.Zero, Vector<long>.Zero);
            var a = Wide(x, 0, terms);
            var b = Wide(x, m, terms);
            var c = Wide(x, 2 * m, terms);
            for (var i = 0; i < a.Length && i < b.Length && i < c.Length; i++)
                Add(c[i] - b[i] - (b[i] - a[i]), ref sum, ref there);
            total.Add(Vector.Sum(sum), Vector.Sum(there));
            for (var i = a.Length * Vector<double>.Count; i < terms; i++)
                One(Second(x, i, m), ref total);
        }
    }

    /// <summary>x[i+3m] − 3x[i+2m] + 3x[i+m] − x[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Third(ReadOnlySpan<double> x, int m, ref TermSum total)
    {
        for (var left = x.Length - (3L * m); left > 0; left -= Block, x = x[Math.Min(Block, x.Length)..])
        {
            var terms = (int)Math.Min(left, Block);
            var (sum, there) = (Vector<double>.Zero, Vector<long>.Zero);
            var a = Wide(x, 0, terms);
            var b = Wide(x, m, terms);
            var c = Wide(x, 2 * m, terms);
            var d = Wide(x, 3 * m, terms);
            var three = new Vector<double>(3);
            for (var i = 0; i < a.Length && i < b.Length && i < c.Length && i < d.Length; i++)
                Add(d[i] - a[i] - (three * (c[i] - b[i])), ref sum, ref there);
            total.Add(Vector.Sum(sum), Vector.Sum(there));
            for (var i = a.Length * Vector<double>.Count; i < terms; i++)
                One(Third(x, i, m), ref total);
        }
    }

    public static double Second(ReadOnlySpan<double> x, int i, int m) => x[i + (2 * m)] - x[i + m] - (x[i + m] - x[i]);

    public static double Third(ReadOnlySpan<double> x, int i, int m) => x[i + (3 * m)] - x[i] - (3 * (x[i + (2 * m)] - x[i + m]));

    public static void One(double term, ref TermSum total)
    {
        if (!double.IsNaN(term))
            total.Add(term * term, 1);
    }

    /// <summary>Lane by lane; a term is NaN where one of its points is missing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector<double> term, ref Vector<double> sum, ref Vector<long> there)
    {
        var kept = Vector.Equals(term, term);
        var size = Vector.ConditionalSelect(kept, term, Vector<double>.Zero);
        sum += size * size;
        there -= kept;
    }

    private static ReadOnlySpan<Vector<double>> Wide(ReadOnlySpan<double> x, int from, int terms) =>
        MemoryMarshal.Cast<double, Vector<double>>(x.Slice(from, terms));
}
