namespace Guestclock.Stability;

/// <summary>A series with its deterministic part taken out; missing points stay missing.</summary>
public static class Detrended
{
    /// <summary>Without the least-squares line: no mean offset and no frequency offset is left. Right before MTIE and TIE rms where noise is meant and not the service.</summary>
    public static PhaseSeries WithoutFrequency(PhaseSeries series) => Without(series, degree: 1);

    /// <summary>Without the least-squares parabola: the linear drift of frequency goes as well.</summary>
    public static PhaseSeries WithoutDrift(PhaseSeries series) => Without(series, degree: 2);

    private static PhaseSeries Without(PhaseSeries series, int degree)
    {
        if (Polynomial.Fit(series.PhaseS, degree) is not { } fit)
            return series;
        var phase = new double[series.Count];
        for (var i = 0; i < phase.Length; i++)
            phase[i] = series.PhaseS[i] - fit[i];
        return series with { PhaseS = phase };
    }
}
