using System.Runtime.CompilerServices;
using Guestclock.Trials.Clocks;

namespace Guestclock.Linux.ClockTests;

/// <summary>Brackets of two clocks.</summary>
internal static class Brackets
{
    /// <summary>The narrowest of some: whatever came between the readings of the others did not come between these.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Bracket Best<TReference, TClock>(TReference reference, TClock clock, int tries)
        where TReference : struct, IClockReader
        where TClock : struct, IClockReader
    {
        var best = new Bracket(0, 0, long.MaxValue);
        for (var i = 0; i < tries; i++)
        {
            var (before, reading, after) = (reference.Read(), clock.Read(), reference.Read());
            if (after - before < best.WidthNs)
                best = new(before, reading, after);
        }

        return best;
    }

    /// <summary>The smallest step forward that a clock is seen to make: 0 where it does not move.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long SmallestStep<TClock>(TClock clock, int reads)
        where TClock : struct, IClockReader
    {
        var (last, smallest) = (clock.Read(), long.MaxValue);
        for (var i = 0; i < reads; i++)
        {
            var now = clock.Read();
            if (now > last)
                smallest = Math.Min(smallest, now - last);
            last = now;
        }

        return smallest == long.MaxValue ? 0 : smallest;
    }
}
