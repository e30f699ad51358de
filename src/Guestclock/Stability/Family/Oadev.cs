namespace Guestclock.Stability.Family;

/// <summary>Overlapping Allan deviation: √(Σ(x[i+2m] − 2x[i+m] + x[i])² / (2τ²n)) at every point (NIST SP 1065 section 5.2.4).</summary>
internal sealed class Oadev() : DifferenceDeviation(order: 2, overlapping: true);
