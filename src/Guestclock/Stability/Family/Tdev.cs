namespace Guestclock.Stability.Family;

/// <summary>Time deviation in seconds: τ·MDEV/√3 (NIST SP 1065 section 5.2.6).</summary>
internal sealed class Tdev : IFormula
{
    private static readonly Mdev Modified = new();

    public (double Value, long Terms) At(Samples samples, int m)
    {
        var (value, terms) = Modified.At(samples, m);
        return (m * samples.Tau0S * value / Math.Sqrt(3), terms);
    }

    public double? DegreesOfFreedom(Samples samples, int m, long terms, NoiseType noise) => Modified.DegreesOfFreedom(samples, m, terms, noise);
}
