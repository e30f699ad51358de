using Guestclock.Stability.Confidence;

namespace Guestclock.Stability.Family;

/// <summary>Allan deviation: second differences of every m-th point, √(Σ(x[i+2m] − 2x[i+m] + x[i])² / (2τ²n)), i = 0, m, 2m, ... (NIST SP 1065 section 5.2.1).</summary>
internal sealed class Adev : IFormula
{
    public (double Value, long Terms) At(Samples samples, int m)
    {
        var total = new TermSum();
        foreach (var span in samples.Spans)
        {
            var x = samples.Of(span);
            if (m == 1)
                Differences.Second(x, m, ref total);
            for (long i = 0; m > 1 && i + (2L * m) < x.Length; i += m)
                Differences.One(Differences.Second(x, (int)i, m), ref total);
        }

        var tau = m * samples.Tau0S;
        return (total.Root(2) / tau, total.Count);
    }

    public double? DegreesOfFreedom(Samples samples, int m, long terms, NoiseType noise) =>
        EquivalentDegrees.Of(new(noise, Order: 2, m, Overlapping: false, Modified: false), terms);
}
