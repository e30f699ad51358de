namespace Guestclock.Trials;

/// <summary>One number that was measured.</summary>
/// <param name="Name">Kebab-case, frozen: <c>worst-step</c>, <c>rate-error</c>, <c>lateness-p99</c>.</param>
/// <param name="Unit"><c>ns</c>, <c>ppb</c>, <c>ppm</c>, <c>kHz</c>, <c>Hz</c>, <c>cycles</c>, <c>%</c>, or empty for a count.</param>
/// <param name="Bound">The true value lies within ± this, in the same unit; null where the number is exact or a count.</param>
public sealed record Figure(string Name, double Value, string Unit, double? Bound = null);
