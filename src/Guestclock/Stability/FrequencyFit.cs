using Guestclock.Stability.Confidence;

namespace Guestclock.Stability;

/// <summary>
/// The slope of phase over time. Points that are NaN are left out, and where gaps break the phase all but the longest run; null where fewer than two instants
/// are there. Instants rise.
/// </summary>
public static class FrequencyFit
{
    /// <summary>So many averages show whether the phase scatters or wanders.</summary>
    private const int Bins = 32;

    /// <summary>Lag 1 autocorrelation of these averages from which on the phase counts as wandering.</summary>
    private const double Wanders = 0.2;

    public static FrequencyEstimate? LeastSquares(PhaseSeries series, double confidence = 0.683)
    {
        var (times, phase) = TimedPhase.Present(series);
        return LeastSquares(times, phase, confidence);
    }

    /// <summary>The least-squares slope.</summary>
    /// <remarks>
    /// The bound of the textbook holds for white phase noise only, and is many times too small where the phase is correlated. Here the points are averaged to some
    /// thirty bins: the bound is that of their residuals, stretched by (1 + r)/(1 − r) for their lag 1 autocorrelation r, and where they wander at least that
    /// of white frequency noise, 6/5 of the frequency variance over the whole time (for bins of many points another 3/2, since averages wander less).
    /// By simulation it covers white phase and white frequency noise as it says from 30 points on. A frequency that itself wanders has no one true value.
    /// </remarks>
    public static FrequencyEstimate? LeastSquares(ReadOnlySpan<double> timesS, ReadOnlySpan<double> phaseS, double confidence = 0.683)
    {
        if (!(confidence > 0 && confidence < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence));
        var (times, phase) = TimedPhase.Present(timesS, phaseS);
        return Slope(times, phase) is { } slope ? new(slope, Bound(TimedPhase.Averages(times, phase, Bins), times.Length, confidence), times.Length) : null;
    }

    public static FrequencyEstimate? TheilSen(PhaseSeries series)
    {
        var (times, phase) = TimedPhase.Present(series);
        return TheilSen(times, phase);
    }

    /// <summary>
    /// The median of the slopes between all pairs, which a quarter of bad points cannot move far (P. K. Sen, "Estimates of the regression coefficient based on Kendall's
    /// tau", 1968). Of more than 1000 points the pairs are those between the medians of 1000 stretches beside each other.
    /// </summary>
    public static FrequencyEstimate? TheilSen(ReadOnlySpan<double> timesS, ReadOnlySpan<double> phaseS)
    {
        var (allTimes, allPhase) = TimedPhase.Present(timesS, phaseS);
        var (times, phase) = TimedPhase.Medians(allTimes, allPhase, 1000);
        var slopes = new List<double>(times.Length * Math.Max(0, times.Length - 1) / 2);
        for (var i = 0; i < times.Length; i++)
        {
            for (var j = i + 1; j < times.Length; j++)
            {
                if (times[j] != times[i])
                    slopes.Add((phase[j] - phase[i]) / (times[j] - times[i]));
            }
        }

        return slopes.Count == 0 ? null : new(Median.Of(slopes.ToArray()), null, allTimes.Length);
    }

    private static double? Slope(ReadOnlySpan<double> times, ReadOnlySpan<double> phase)
    {
        if (times.Length < 2)
            return null;
        var (meanTime, meanPhase) = (Mean(times), Mean(phase));
        double products = 0, squares = 0;
        for (var i = 0; i < times.Length; i++)
        {
            products += (times[i] - meanTime) * (phase[i] - meanPhase);
            squares += (times[i] - meanTime) * (times[i] - meanTime);
        }

        return squares > 0 ? products / squares : null;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (var value in values)
            sum += value - values[0];
        return values[0] + (sum / values.Length);
    }

    private static double? Bound((double[] Times, double[] Phase) bins, int points, double confidence)
    {
        var (times, phase) = bins;
        if (times.Length < 3 || Slope(times, phase) is not { } slope)
            return null;
        var (meanTime, meanPhase) = (Mean(times), Mean(phase));
        double residuals = 0, products = 0, spread = 0, wander = 0, before = 0;
        for (var i = 0; i < times.Length; i++)
        {
            var t = times[i] - meanTime;
            var residual = phase[i] - meanPhase - (slope * t);
            residuals += residual * residual;
            spread += t * t;
            if (i > 0)
            {
                products += residual * before;
                wander += (residual - before) * (residual - before) / (times[i] - times[i - 1]);
            }

            before = residual;
        }

        var n = times.Length;
        if (residuals == 0)
            return 0;
        var r = products / residuals;
        var lasting = Math.Clamp(r + ((1 + (4 * r)) / n), 0, 0.9);
        var variance = residuals / (n - 2) / spread * (1 + lasting) / (1 - lasting);
        if (r > Wanders)
            variance = Math.Max(variance, 1.2 * (points > n ? 1.5 : 1) * wander / (n - 2) / (times[^1] - times[0]));
        return double.IsFinite(variance) ? StudentT.TwoSided(confidence, n - 2) * Math.Sqrt(variance) : null;
    }
}
