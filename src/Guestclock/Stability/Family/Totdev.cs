using Guestclock.Stability.Confidence;

namespace Guestclock.Stability.Family;

/// <summary>
/// Total deviation: second differences around each inner point, √(Σ(x*[i−m] − 2x[i] + x*[i+m])² / (2τ²(N−2))), where x* goes on past both ends as
/// x reflected at the end point, 2·end − x (NIST SP 1065 section 5.2.11). The value is as published, without the correction of its bias.
/// </summary>
/// <remarks>The reflection needs one whole run: of a series with gaps the longest one is used. Beyond half of its length there is little but reflection, and no value.</remarks>
internal sealed class Totdev : IFormula
{
    public (double Value, long Terms) At(Samples samples, int m)
    {
        var x = samples.Of(samples.Longest);
        var last = x.Length - 1;
        if (m > last / 2)
            return (0, 0);
        var total = new TermSum();
        double ends = 0;
        for (var i = 1; i < m; i++)
        {
            ends += Square((2 * x[0]) - x[m - i] - x[i] - (x[i] - x[i + m]));
            ends += Square((2 * x[last]) - x[last - m + i] - x[last - i] - (x[last - i] - x[last - i - m]));
        }

        total.Add(ends, 2L * (m - 1));
        Differences.Second(x, m, ref total);
        return (total.Root(2) / (m * samples.Tau0S), total.Count);
    }

    public double? DegreesOfFreedom(Samples samples, int m, long terms, NoiseType noise) => TotalDegrees.Of(samples.Longest.Length, m, noise);

    private static double Square(double term) => term * term;
}
