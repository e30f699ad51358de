using Guestclock.Stability.Family;

namespace Guestclock.Stability;

/// <summary>
/// A series with its deterministic part taken out; missing points stay missing. Where gaps break the phase, the part is that of the longest run.
/// </summary>
public static class Detrended
{
    /// <summary>Without the least-squares line: no mean offset and no frequency offset is left. Right before MTIE and TIE rms where noise is meant and not the service.</summary>
    public static PhaseSeries WithoutFrequency(PhaseSeries series) => Without(series, degree: 1);

    /// <summary>Without the least-squares parabola: the linear drift of frequency goes as well.</summary>
    public static PhaseSeries WithoutDrift(PhaseSeries series) => Without(series, degree: 2);

    private static PhaseSeries Without(PhaseSeries series, int degree)
    {
        var run = Run.OfOneOrigin(series);
        if (Polynomial.Fit(series.PhaseS.AsSpan(run.Start, run.Length), degree) is not { } fit)
            return series;
        var phase = new double[series.Count];
        for (var i = 0; i < phase.Length; i++)
            phase[i] = series.PhaseS[i] - fit[i - run.Start];
        return series with { PhaseS = phase };
    }
}
