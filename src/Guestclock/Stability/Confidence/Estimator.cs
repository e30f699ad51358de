namespace Guestclock.Stability.Confidence;

/// <summary>An estimator of a variance of finite differences, as Greenhall and Riley (2003) name its parts.</summary>
/// <param name="Order">d: 2 for Allan, 3 for Hadamard variances.</param>
/// <param name="M">Averaging factor m.</param>
/// <param name="Overlapping">Stride S = m; otherwise S = 1.</param>
/// <param name="Modified">Filter factor F = 1; otherwise F = m.</param>
public readonly record struct Estimator(NoiseType Noise, int Order, int M, bool Overlapping, bool Modified)
{
    public int Alpha => (int)Noise;

    public double Stride => Overlapping ? M : 1;
}
