using Guestclock.Stability.Confidence;

namespace Guestclock.Stability.Family;

/// <summary>Overlapping Hadamard deviation: third differences at every point over 6τ² (NIST SP 1065 section 5.2.9).</summary>
internal sealed class Ohdev : IFormula
{
    public (double Value, long Terms) At(Samples samples, int m)
    {
        var total = new TermSum();
        foreach (var span in samples.Spans)
            Differences.Third(samples.Of(span), m, ref total);
        var tau = m * samples.Tau0S;
        return (total.Root(6) / tau, total.Count);
    }

    public double? DegreesOfFreedom(Samples samples, int m, long terms, NoiseType noise) =>
        EquivalentDegrees.Of(new(noise, Order: 3, m, Overlapping: true, Modified: false), terms);
}
