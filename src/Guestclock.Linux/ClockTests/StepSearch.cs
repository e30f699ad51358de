using System.Runtime.CompilerServices;

namespace Guestclock.Linux.ClockTests;

/// <summary>
/// Looks for steps back, on one CPU and between CPUs, as the kernel's check_tsc_warp does, but without a lock that a preempted thread
/// could hold: each reader publishes what it has read, and before it reads again it takes what another reader has published. That reading
/// had ended before this one began, so the clock must not be before it; whatever happens in between only makes the gap larger.
/// </summary>
internal static class StepSearch
{
    /// <param name="readings">Where readers see each other; null: this reader stands alone.</param>
    /// <param name="me">The reader's place there.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static StepCount Run<TClock>(TClock clock, PublishedReadings? readings, int me, Stop stop, long mostReads = long.MaxValue)
        where TClock : struct, IClockReader
    {
        var count = new StepCount();
        var others = readings?.Count ?? 1;
        var seen = new long[others];
        Array.Fill(seen, PublishedReadings.None);
        var other = Next(me, me, others);
        long reads = 0, smallest = long.MaxValue, leastGap = long.MaxValue, crossReads = 0;
        var last = clock.Read();
        while (reads < mostReads && !stop.IsSet)
        {
            unchecked
            {
                var before = other == me ? PublishedReadings.None : readings!.Of(other);
                var now = clock.Read();
                reads++;
                var step = now - last;
                if (step < 0)
                    count.Back(-step);
                else if (step > 0 && step < smallest)
                    smallest = step;
                if (other != me)
                {
                    if (before != seen[other])
                    {
                        seen[other] = before;
                        crossReads++;
                        var gap = now - before;
                        if (gap < 0)
                            count.CrossBack(-gap);
                        else if (gap < leastGap)
                            leastGap = gap;
                    }

                    readings!.Publish(me, now);
                    other = Next(other, me, others);
                }

                last = now;
            }
        }

        (count.Reads, count.CrossReads) = (reads, crossReads);
        (count.SmallestStep, count.LeastCrossGap) = (smallest == long.MaxValue ? 0 : smallest, leastGap == long.MaxValue ? null : leastGap);
        return count;
    }

    /// <summary>The other readers in turn; oneself where there is no other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Next(int other, int me, int others)
    {
        if (++other >= others)
            other = 0;
        if (other == me && ++other >= others)
            other = 0;
        return others == 1 ? me : other;
    }
}
