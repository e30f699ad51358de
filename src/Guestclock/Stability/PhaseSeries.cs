namespace Guestclock.Stability;

/// <summary>Phase x(t) = clock − reference in seconds on an even grid; <see cref="double.NaN"/> where a sample is missing.</summary>
/// <param name="Tau0S">Seconds between two samples; positive.</param>
/// <param name="GapsBreakPhase">
/// True where the phase after a gap has no known relation to the phase before it (the phase was summed from frequency values of which some are
/// missing). Then no term may span a gap.
/// </param>
public sealed record PhaseSeries(double[] PhaseS, double Tau0S, bool GapsBreakPhase = false)
{
    public int Count => PhaseS.Length;

    /// <summary>
    /// From fractional frequency y: x begins at 0 and is the running sum of y times tau0, so that there is one point more (NIST SP 1065
    /// section 5.1). A missing value ends the sum: the point after it is missing, and x begins anew at 0 with the next point, so that the grid
    /// stays in step at the price of one more value at each gap. Nothing is interpolated. The values should be deviations from the nominal frequency: a sum of great
    /// numbers has no room for small ones.
    /// </summary>
    public static PhaseSeries FromFrequency(ReadOnlySpan<double> frequency, double tau0S)
    {
        var phase = new double[frequency.Length + 1];
        var broken = false;
        for (var i = 0; i < frequency.Length; i++)
        {
            if (!double.IsFinite(frequency[i]))
                (phase[i + 1], broken) = (double.NaN, true);
            else
                phase[i + 1] = double.IsNaN(phase[i]) ? 0 : phase[i] + (frequency[i] * tau0S);
        }

        return new(phase, tau0S, broken);
    }
}
