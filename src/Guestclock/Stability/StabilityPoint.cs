namespace Guestclock.Stability;

/// <summary>One statistic at one averaging time.</summary>
/// <param name="TauS">Averaging time m·tau0 in seconds.</param>
/// <param name="N">How many terms (squared differences, windows) the value rests on.</param>
/// <param name="Value">Dimensionless for deviations of frequency; seconds for TDEV, MTIE and TIE rms.</param>
/// <param name="Low">Lower end of the confidence interval; null where none is known for this statistic.</param>
public sealed record StabilityPoint(Statistic Statistic, double TauS, long N, double Value, double? Low, double? High, NoiseType Noise);
