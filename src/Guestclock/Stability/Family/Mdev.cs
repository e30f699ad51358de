using System.Runtime.CompilerServices;
using Guestclock.Stability.Confidence;

namespace Guestclock.Stability.Family;

/// <summary>
/// Modified Allan deviation: √(Σ S² / (2m²τ²n)), S the sum of m second differences beside each other (NIST SP 1065 section 5.2.5). The 3m points of
/// one S must all be there.
/// </summary>
/// <remarks>
/// S of the next window is S plus one third difference. Prefix sums would do as well for small phases, but over ten million points of a phase that wanders they
/// grow until the differences drown in their last digit; third differences stay small, and S is summed afresh often enough for rounding not to add up.
/// </remarks>
internal sealed class Mdev : IFormula
{
    public (double Value, long Terms) At(Samples samples, int m)
    {
        var total = new TermSum();
        foreach (var run in samples.WholeRuns)
        {
            if (run.Length >= 3L * m)
                Sum(samples.Of(run), m, ref total);
        }

        var tau = m * samples.Tau0S;
        return (total.Root(2) / (m * tau), total.Count);
    }

    public double? DegreesOfFreedom(Samples samples, int m, long terms, NoiseType noise) =>
        EquivalentDegrees.Of(new(noise, Order: 2, m, Overlapping: true, Modified: true), terms);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum(ReadOnlySpan<double> x, int m, ref TermSum total)
    {
        var fresh = (int)Math.Min(Math.Max(Differences.Block, 4L * m), x.Length);
        var windows = x.Length - (3 * m) + 1;
        for (var from = 0; from < windows; from += fresh)
        {
            var count = Math.Min(fresh, windows - from);
            var a = x.Slice(from, count);
            var b = x.Slice(from + m, count);
            var c = x.Slice(from + (2 * m), count);
            var d = x.Slice(from + (3 * m), count - 1);
            double s = 0;
            for (var i = 0; i < m; i++)
                s += Differences.Second(x, from + i, m);
            var squares = s * s;
            for (var i = 0; i < d.Length; i++)
            {
                s += d[i] - a[i] - (3 * (c[i] - b[i]));
                squares += s * s;
            }

            total.Add(squares, count);
        }
    }
}
