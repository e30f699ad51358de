namespace Guestclock.Stability;

/// <summary>The frequency error of a clock.</summary>
/// <param name="Frequency">Seconds gained in a second: positive where the measured clock is fast.</param>
/// <param name="Bound">Half of the confidence interval; null where there are too few points, or the method has none.</param>
/// <param name="N">Points that it rests on.</param>
public sealed record FrequencyEstimate(double Frequency, double? Bound, long N);
