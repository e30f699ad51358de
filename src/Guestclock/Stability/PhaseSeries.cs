namespace Guestclock.Stability;

/// <summary>Phase x(t) = clock − reference in seconds on an even grid; <see cref="double.NaN"/> where a sample is missing.</summary>
/// <param name="Tau0S">Seconds between two samples; positive.</param>
public sealed record PhaseSeries(double[] PhaseS, double Tau0S)
{
    public int Count => PhaseS.Length;

    /// <summary>
    /// From fractional frequency y: x begins at 0 and is the running sum of y times tau0, so that there is one point more (NIST SP 1065
    /// section 5.1).
    /// </summary>
    public static PhaseSeries FromFrequency(ReadOnlySpan<double> frequency, double tau0S)
    {
        var phase = new double[frequency.Length + 1];
        for (var i = 0; i < frequency.Length; i++)
            phase[i + 1] = phase[i] + (frequency[i] * tau0S);
        return new(phase, tau0S);
    }
}
