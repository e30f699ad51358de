using Guestclock.Stability.Confidence;

namespace Guestclock.Stability.Family;

/// <summary>Hadamard deviation: third differences of every m-th point over 6τ²; blind to a linear frequency drift (NIST SP 1065 section 5.2.8).</summary>
internal sealed class Hdev : IFormula
{
    public (double Value, long Terms) At(Samples samples, int m)
    {
        var total = new TermSum();
        foreach (var span in samples.Spans)
        {
            var x = samples.Of(span);
            if (m == 1)
                Differences.Third(x, m, ref total);
            for (long i = 0; m > 1 && i + (3L * m) < x.Length; i += m)
                Differences.One(Differences.Third(x, (int)i, m), ref total);
        }

        var tau = m * samples.Tau0S;
        return (total.Root(6) / tau, total.Count);
    }

    public double? DegreesOfFreedom(Samples samples, int m, long terms, NoiseType noise) =>
        EquivalentDegrees.Of(new(noise, Order: 3, m, Overlapping: false, Modified: false), terms);
}
