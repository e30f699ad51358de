using Guestclock.Stability.Family;

namespace Guestclock.Stability;

/// <summary>Points of phase with their instants, those that are missing left out.</summary>
internal static class TimedPhase
{
    public static (double[] TimesS, double[] PhaseS) Present(PhaseSeries series)
    {
        var run = Run.OfOneOrigin(series);
        var times = new double[run.Length];
        for (var i = 0; i < times.Length; i++)
            times[i] = i * series.Tau0S;
        return Present(times, series.PhaseS.AsSpan(run.Start, run.Length));
    }

    public static (double[] TimesS, double[] PhaseS) Present(ReadOnlySpan<double> timesS, ReadOnlySpan<double> phaseS)
    {
        if (timesS.Length != phaseS.Length)
            throw new ArgumentException("each phase has its instant", nameof(timesS));
        var (times, phase) = (new double[timesS.Length], new double[timesS.Length]);
        var count = 0;
        for (var i = 0; i < times.Length; i++)
        {
            if (double.IsFinite(timesS[i]) && double.IsFinite(phaseS[i]))
                (times[count], phase[count++]) = (timesS[i], phaseS[i]);
        }

        Array.Resize(ref times, count);
        Array.Resize(ref phase, count);
        return (times, phase);
    }

    /// <summary>Means of at least <paramref name="most"/> equal stretches and less than twice as many; the points themselves where there are fewer.</summary>
    public static (double[] TimesS, double[] PhaseS) Averages(double[] times, double[] phase, int most) =>
        Stretches(times, phase, times.Length / most, static part => part.ToArray().Average());

    /// <summary>Medians of at most <paramref name="most"/> equal stretches; the points themselves where there are fewer.</summary>
    public static (double[] TimesS, double[] PhaseS) Medians(double[] times, double[] phase, int most) =>
        Stretches(times, phase, (times.Length + most - 1) / most, static part => Median.Of(part.ToArray()));

    /// <summary>Instants are averaged; points of a last stretch that is not full are left out.</summary>
    private static (double[] TimesS, double[] PhaseS) Stretches(double[] times, double[] phase, int length, Func<ArraySegment<double>, double> middle)
    {
        if (length <= 1)
            return (times, phase);
        var count = times.Length / length;
        var (t, x) = (new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            t[i] = new ArraySegment<double>(times, i * length, length).Average();
            x[i] = middle(new(phase, i * length, length));
        }

        return (t, x);
    }
}
