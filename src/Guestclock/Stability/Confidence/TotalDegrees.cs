namespace Guestclock.Stability.Confidence;

/// <summary>Equivalent degrees of freedom of the total variance.</summary>
public static class TotalDegrees
{
    /// <summary>
    /// b·T/τ − c for noise of frequency (NIST SP 1065 section 5.4.2, table 7). For noise of phase the table has none: there the degrees of the overlapping Allan
    /// variance are taken, which are fewer for long averaging times and so make the interval wider rather than narrower.
    /// </summary>
    /// <param name="points">Phase points N; T = N·tau0.</param>
    public static double? Of(long points, int m, NoiseType noise)
    {
        var span = (double)points / m;
        return noise switch
        {
            NoiseType.WhiteFm => 1.5 * span,
            NoiseType.FlickerFm => (1.17 * span) - 0.22,
            NoiseType.RandomWalkFm => (0.93 * span) - 0.36,
            _ => EquivalentDegrees.Of(new(noise, Order: 2, m, Overlapping: true, Modified: false), points - (2L * m)),
        };
    }
}
