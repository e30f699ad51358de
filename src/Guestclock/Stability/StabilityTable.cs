namespace Guestclock.Stability;

/// <summary>What an analysis came to.</summary>
/// <param name="Points">By statistic in the order asked for, then by rising averaging time.</param>
/// <param name="Remarks">What the reader must know of gaps and of what was left out; whole sentences.</param>
/// <param name="Complete">False when it was cancelled; then the points are those that were finished.</param>
public sealed record StabilityTable(IReadOnlyList<StabilityPoint> Points, IReadOnlyList<string> Remarks, bool Complete);
