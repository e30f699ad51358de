namespace Guestclock.Trials.Clocks.Evidence;

/// <summary>How late clock_nanosleep(2) to an instant of CLOCK_MONOTONIC returns, on all CPUs together, with a timer slack of 1 ns.</summary>
/// <param name="Lateness">As the program saw it.</param>
/// <param name="WithoutQueue">Less the time for which other programs had the CPU after it was woken; null where the kernel does not tell.</param>
public sealed record TimerLateness(long Count, LatenessDistribution Lateness, LatenessDistribution? WithoutQueue);

/// <summary>Nanoseconds after the asked time.</summary>
public sealed record LatenessDistribution(long P50Ns, long P99Ns, long MaxNs)
{
    /// <summary>By nearest rank; null where there is none.</summary>
    public static LatenessDistribution? Of(IEnumerable<long> latenessNs)
    {
        var sorted = latenessNs.Order().ToArray();
        return sorted.Length == 0 ? null : new(Rank(sorted, 0.50), Rank(sorted, 0.99), sorted[^1]);
    }

    private static long Rank(long[] sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
}
