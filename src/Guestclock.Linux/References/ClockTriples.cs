using Guestclock.Linux.Live;
using Guestclock.Measuring;

namespace Guestclock.Linux.References;

/// <summary>Reads CLOCK_REALTIME and CLOCK_MONOTONIC_RAW of this machine together.</summary>
public static class ClockTriples
{
    private const int Tries = 3;

    /// <summary>The narrowest of a few readings: an interruption widens one of them.</summary>
    public static ClockTriple Read()
    {
        var best = One();
        for (var i = 1; i < Tries; i++)
        {
            var next = One();
            best = next.WidthNs < best.WidthNs ? next : best;
        }

        return best;
    }

    private static ClockTriple One() => new(Clocks.MonotonicRawNs(), Clocks.RealtimeNs(), Clocks.MonotonicRawNs());
}
