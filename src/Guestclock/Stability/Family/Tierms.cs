namespace Guestclock.Stability.Family;

/// <summary>Root mean square of the time interval error in seconds: √(Σ(x[i+m] − x[i])² / n). It grows with the clock's frequency error, and so is no measure of noise alone.</summary>
internal sealed class Tierms : IFormula
{
    public (double Value, long Terms) At(Samples samples, int m)
    {
        var total = new TermSum();
        foreach (var span in samples.Spans)
            Differences.First(samples.Of(span), m, ref total);
        return (total.Root(1), total.Count);
    }

    public double? DegreesOfFreedom(Samples samples, int m, long terms, NoiseType noise) => null;
}
