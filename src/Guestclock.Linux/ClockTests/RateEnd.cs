using Guestclock.Protocols.PvClock;
using Guestclock.Trials.Clocks;

namespace Guestclock.Linux.ClockTests;

/// <summary>One end of a measurement of rates: each clock between two readings of CLOCK_MONOTONIC_RAW.</summary>
/// <param name="Tsc">In cycles; null where it cannot be read.</param>
/// <param name="KvmClock">Null where there is no page, or the host kept writing it.</param>
/// <param name="RawStepNs">The smallest step of CLOCK_MONOTONIC_RAW.</param>
/// <param name="Page">The structure by which kvm-clock was computed.</param>
internal sealed record RateEnd(Bracket Monotonic, Bracket? Tsc, Bracket? KvmClock, long RawStepNs, PvClockPage? Page)
{
    private const int Tries = 1000;
    private const int PageTries = 20;

    /// <summary>Taken on one CPU, the same at both ends.</summary>
    public static RateEnd? Take(int cpu, bool hasTsc, PvClockMapping? pvClock) =>
        PinnedThreads.Run([cpu], TimeSpan.FromSeconds(1), (_, _) => Take(hasTsc, pvClock), CancellationToken.None)[0];

    private static RateEnd Take(bool hasTsc, PvClockMapping? pvClock)
    {
        var raw = new KernelClock(ClockId.MonotonicRaw);
        var monotonic = Brackets.Best(raw, new KernelClock(ClockId.Monotonic), Tries);
        var tsc = hasTsc ? Brackets.Best(raw, new TscClock(), Tries) : (Bracket?)null;
        var (kvmClock, page) = tsc is null || pvClock is null ? default : Steady(raw, pvClock);
        return new(monotonic, tsc, kvmClock, Brackets.SmallestStep(raw, Tries), page);
    }

    /// <summary>The structure must be the same before and after the TSC is read, or its time is another's.</summary>
    private static (Bracket?, PvClockPage?) Steady(KernelClock raw, PvClockMapping pvClock)
    {
        for (var i = 0; i < PageTries; i++)
        {
            var page = pvClock.Read();
            var bracket = Brackets.Best(raw, new TscClock(), Tries);
            if (page is { } before && pvClock.Read() == before)
                return (bracket with { Clock = unchecked((long)before.NsAt((ulong)bracket.Clock)) }, before);
        }

        return default;
    }
}
