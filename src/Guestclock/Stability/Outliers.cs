namespace Guestclock.Stability;

/// <summary>
/// Points that cannot be noise, told by the median absolute deviation from the median (NIST SP 1065 section 10.11): found and taken out, never replaced.
/// </summary>
public static class Outliers
{
    /// <summary>Standard deviations of normal noise from which on a difference is none of it.</summary>
    public const double UsualLimit = 6;

    /// <summary>An excursion of more points than this is no outlier: the clock really was there.</summary>
    public const int LongestExcursion = 5;

    /// <summary>
    /// A point of phase is an outlier where the phase leaps to it and leaps back: the differences to its neighbours are beyond the limit and their sum is not.
    /// Up to <see cref="LongestExcursion"/> points may be away together. A leap without return is a step, which stays and is reported.
    /// Where gaps break the phase nothing can be said: seek in the frequency that it was summed from.
    /// </summary>
    public static PhaseOutliers OfPhase(PhaseSeries series, double limit = UsualLimit)
    {
        if (series.GapsBreakPhase)
            return new(series, [], []);
        var x = (double[])series.PhaseS.Clone();
        var there = Enumerable.Range(0, x.Length).Where(i => double.IsFinite(x[i])).ToArray();
        var count = Math.Max(0, there.Length - 1);
        var noise = NoiseOf();
        var (removed, steps) = (new List<Outlier>(), new List<Outlier>());
        for (var k = 0; k < count; k++)
        {
            if (!IsLeap(k, k + 1))
                continue;
            var back = k + 2;
            while (back < there.Length && back <= k + 1 + LongestExcursion && IsLeap(k, back))
                back++;
            if (back < there.Length && back <= k + 1 + LongestExcursion)
            {
                for (var away = k + 1; away < back; away++)
                    removed.Add(new(there[away], x[there[away]], Excess(k, away)));
                k = back - 1;
            }
            else
            {
                steps.Add(new(there[k + 1], x[there[k + 1]], Excess(k, k + 1)));
            }
        }

        foreach (var outlier in removed)
            x[outlier.Index] = double.NaN;
        return new(series with { PhaseS = x }, removed, steps);

        // Noise of phase does not grow with the interval: a difference over a long one is as wide as over a short one.
        Spread NoiseOf()
        {
            var differences = new double[count];
            for (var k = 0; k < count; k++)
                differences[k] = Gain(k, k + 1) / Intervals(k, k + 1);
            var rate = count == 0 ? 0 : Median.Of(differences.AsSpan());
            for (var k = 0; k < count; k++)
                differences[k] = Gain(k, k + 1) - (rate * Intervals(k, k + 1));
            return Spread.Of(differences) with { Middle = rate };
        }

        int Intervals(int from, int to) => there[to] - there[from];

        double Gain(int from, int to) => x[there[to]] - x[there[from]];

        bool IsLeap(int from, int to) => noise.IsBeyond(Gain(from, to), limit, Intervals(from, to));

        double Excess(int from, int to) => Gain(from, to) - (noise.Middle * Intervals(from, to));
    }

    /// <summary>A value of frequency is an outlier where it lies beyond the limit from the median.</summary>
    public static FrequencyOutliers OfFrequency(ReadOnlySpan<double> frequency, double limit = UsualLimit)
    {
        var y = frequency.ToArray();
        var noise = Spread.Of(Array.FindAll(y, double.IsFinite));
        var removed = new List<Outlier>();
        for (var i = 0; i < y.Length; i++)
        {
            if (!double.IsFinite(y[i]) || !noise.IsBeyond(y[i], limit))
                continue;
            removed.Add(new(i, y[i], y[i] - noise.Middle));
            y[i] = double.NaN;
        }

        return new(y, removed);
    }
}
