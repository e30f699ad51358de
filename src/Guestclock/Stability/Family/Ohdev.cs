namespace Guestclock.Stability.Family;

/// <summary>Overlapping Hadamard deviation: third differences at every point over 6τ² (NIST SP 1065 section 5.2.9).</summary>
internal sealed class Ohdev() : DifferenceDeviation(order: 3, overlapping: true);
