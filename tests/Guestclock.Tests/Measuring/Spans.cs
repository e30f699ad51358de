using Guestclock.Measuring;

namespace Guestclock.Tests.Measuring;

/// <summary>Clocks of a machine whose CLOCK_MONOTONIC_RAW began at <see cref="Boot"/>.</summary>
internal static class Spans
{
    public const long Second = 1_000_000_000;
    public const long Now = 1_795_228_562 * Second;
    public const long Boot = Now - (1000 * Second);

    /// <summary>Read within 100 ns.</summary>
    public static ClockTriple At(long unixNs) => new(unixNs - Boot - 50, unixNs, unixNs - Boot + 50);

    /// <summary>A while in which the system clock was moved besides the time that passed.</summary>
    public static ClockSpan Of(long fromUnixNs, long tookNs, long movedNs = 0) =>
        new(At(fromUnixNs), At(fromUnixNs + tookNs) with { UnixNs = fromUnixNs + tookNs + movedNs });

    public static long Part(this OffsetSample sample, string name) => sample.Parts.Single(p => p.Name == name).Ns;
}
