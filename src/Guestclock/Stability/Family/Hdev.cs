namespace Guestclock.Stability.Family;

/// <summary>Hadamard deviation: third differences of every m-th point over 6τ²; blind to a linear frequency drift (NIST SP 1065 section 5.2.8).</summary>
internal sealed class Hdev() : DifferenceDeviation(order: 3, overlapping: false);
