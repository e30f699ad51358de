using Guestclock.Stability.Confidence;

namespace Guestclock.Stability.Family;

/// <summary>Overlapping Allan deviation: √(Σ(x[i+2m] − 2x[i+m] + x[i])² / (2τ²n)) at every point (NIST SP 1065 section 5.2.4).</summary>
internal sealed class Oadev : IFormula
{
    public (double Value, long Terms) At(Samples samples, int m)
    {
        var total = new TermSum();
        foreach (var span in samples.Spans)
            Differences.Second(samples.Of(span), m, ref total);
        var tau = m * samples.Tau0S;
        return (total.Root(2) / tau, total.Count);
    }

    public double? DegreesOfFreedom(Samples samples, int m, long terms, NoiseType noise) =>
        EquivalentDegrees.Of(new(noise, Order: 2, m, Overlapping: true, Modified: false), terms);
}
