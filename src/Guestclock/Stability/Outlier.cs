namespace Guestclock.Stability;

/// <param name="Index">Which sample, from 0.</param>
/// <param name="Value">Its phase in seconds, or its frequency.</param>
/// <param name="Excess">How far it is from where the median says, in the same unit.</param>
public sealed record Outlier(int Index, double Value, double Excess);

/// <param name="Cleaned">The series with the outliers missing.</param>
/// <param name="Steps">Leaps of the phase that stay: <see cref="Outlier.Index"/> is the first sample after one.</param>
public sealed record PhaseOutliers(PhaseSeries Cleaned, IReadOnlyList<Outlier> Removed, IReadOnlyList<Outlier> Steps);

/// <param name="Cleaned">The frequency with the outliers missing.</param>
public sealed record FrequencyOutliers(double[] Cleaned, IReadOnlyList<Outlier> Removed);
