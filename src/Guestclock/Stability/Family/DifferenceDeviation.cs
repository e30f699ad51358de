using Guestclock.Stability.Confidence;

namespace Guestclock.Stability.Family;

/// <summary>The root of the mean square of differences of the phase over m points: of second order Allan's, of third order Hadamard's.</summary>
/// <param name="order">2 or 3.</param>
/// <param name="overlapping">A difference begins at every point; else at every m-th.</param>
internal abstract class DifferenceDeviation(int order, bool overlapping) : IFormula
{
    public (double Value, long Terms) At(Samples samples, int m)
    {
        var total = new TermSum();
        foreach (var span in samples.Spans)
        {
            var x = samples.Of(span);
            if (overlapping || m == 1)
                Every(x, m, ref total);
            for (long i = 0; !overlapping && m > 1 && i + ((long)order * m) < x.Length; i += m)
                Differences.One(One(x, (int)i, m), ref total);
        }

        var tau = m * samples.Tau0S;
        return (total.Root(order == 2 ? 2 : 6) / tau, total.Count);
    }

    public double? DegreesOfFreedom(Samples samples, int m, long terms, NoiseType noise) =>
        EquivalentDegrees.Of(new(noise, order, m, overlapping, Modified: false), terms);

    private void Every(ReadOnlySpan<double> x, int m, ref TermSum total)
    {
        if (order == 2)
            Differences.Second(x, m, ref total);
        else
            Differences.Third(x, m, ref total);
    }

    private double One(ReadOnlySpan<double> x, int i, int m) => order == 2 ? Differences.Second(x, i, m) : Differences.Third(x, i, m);
}
