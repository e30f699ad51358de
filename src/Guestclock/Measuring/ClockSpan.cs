using Guestclock.Units;

namespace Guestclock.Measuring;

/// <summary>
/// Both clocks of this machine before and after a reading: what CLOCK_REALTIME moved beyond CLOCK_MONOTONIC_RAW was not time that passed
/// but a step or a slew, and must not be taken for an offset.
/// </summary>
public readonly record struct ClockSpan(ClockTriple Before, ClockTriple After)
{
    /// <summary>Faster nothing slews a clock: the tick of adjtimex(2) may be changed by a tenth. Beyond it the clock was set.</summary>
    private const int SlewDivisor = 8;

    /// <summary>Smaller steps are part of the bound.</summary>
    private const long LeastStepNs = 100_000;

    public long RawNs => After.RawNs - Before.RawNs;

    /// <summary>How far CLOCK_REALTIME moved besides the time that passed; positive: forward.</summary>
    public long MovedNs => After.UnixNs - Before.UnixNs - RawNs;

    /// <summary>The same without sign and without what reading both clocks may be off by: a part of the bound of what was read meanwhile.</summary>
    public long ErrorNs => Math.Max(0, Math.Abs(MovedNs) - ((Before.WidthNs + After.WidthNs + 1) / 2));

    /// <summary>Why nothing can be said of an offset that was read meanwhile; null where its bound holds.</summary>
    public string? Problem => ErrorNs > LeastStepNs + (RawNs / SlewDivisor)
        ? $"the system clock was set by {new Nanoseconds(MovedNs)} during the reading" : null;
}
