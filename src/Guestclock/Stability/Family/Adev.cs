namespace Guestclock.Stability.Family;

/// <summary>Allan deviation: second differences of every m-th point, √(Σ(x[i+2m] − 2x[i+m] + x[i])² / (2τ²n)), i = 0, m, 2m, ... (NIST SP 1065 section 5.2.1).</summary>
internal sealed class Adev() : DifferenceDeviation(order: 2, overlapping: false);
