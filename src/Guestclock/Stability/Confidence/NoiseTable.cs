using Guestclock.Stability.Family;

namespace Guestclock.Stability.Confidence;

/// <summary>The noise at each averaging factor, identified once, when it is first asked for.</summary>
internal sealed class NoiseTable
{
    private readonly Dictionary<(int M, bool Hadamard), Lazy<NoiseType>> noises = [];

    public NoiseTable(Samples samples, IReadOnlyList<int> factors)
    {
        foreach (var m in factors)
        {
            noises[(m, false)] = new(() => NoiseIdentification.At(samples, m, mostDifferences: 2));
            noises[(m, true)] = new(() => NoiseIdentification.At(samples, m, mostDifferences: 3));
        }
    }

    public NoiseType At(int m, bool hadamard) => noises[(m, hadamard)].Value;
}
