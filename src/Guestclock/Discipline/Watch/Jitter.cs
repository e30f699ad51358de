namespace Guestclock.Discipline.Watch;

/// <summary>Pseudo-random parts from a seed, so that a run repeats (SplitMix64, Steele, Lea and Flood 2014).</summary>
internal sealed class Jitter(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The time, longer or shorter by up to that part; at least 1 ns.</summary>
    public long Spread(long ns, double part) => Math.Max(1, (long)(ns * (1 + (part * ((2 * Next()) - 1)))));

    /// <summary>From 0 (included) to 1.</summary>
    public double Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return ((z ^ (z >> 31)) >> 11) / (double)(1UL << 53);
        }
    }
}
