using System.Collections.Concurrent;
using Guestclock.Stability.Family;

namespace Guestclock.Stability.Confidence;

/// <summary>The noise at each averaging factor, identified once, when it is first asked for.</summary>
internal sealed class NoiseTable(Samples samples)
{
    private readonly ConcurrentDictionary<(int M, bool Hadamard), Lazy<NoiseType>> noises = new();

    public NoiseType At(int m, bool hadamard) =>
        noises.GetOrAdd((m, hadamard), key => new(() => NoiseIdentification.At(samples, key.M, mostDifferences: key.Hadamard ? 3 : 2))).Value;
}
