namespace Guestclock.Discipline;

/// <summary>
/// One reading of a guest's clock between two readings of the host's: the guest read its clock at some moment between
/// <paramref name="HostBeforeNs"/> and <paramref name="HostAfterNs"/>. All three are nanoseconds since 1970 (CLOCK_REALTIME).
/// </summary>
/// <param name="RoundTripNs">Of the host's monotonic clock, which no step disturbs.</param>
public readonly record struct ClockBracket(long HostBeforeNs, long GuestNs, long HostAfterNs, long RoundTripNs)
{
    /// <summary>What the agent's answer may be too early by: qemu-ga reads its clock in whole microseconds.</summary>
    public const long ResolutionNs = 1_000;

    /// <summary>False when the host's own clock was stepped between its two readings, so that they say nothing.</summary>
    public bool IsSound => RoundTripNs >= 0 && HostAfterNs >= HostBeforeNs
        && Math.Abs(HostAfterNs - HostBeforeNs - RoundTripNs) <= (RoundTripNs / 1000) + 100_000;

    /// <summary>
    /// Guest − host at the middle of the round trip, with half of it as bound. What the host's two clocks differ by may be a step that was too
    /// small to be seen, so the bound holds for the host's clock before it and after it. Slewing changes both alike.
    /// </summary>
    public ClockOffset Offset => new(
        Saturated(GuestNs, HostBeforeNs + ((HostAfterNs - HostBeforeNs) / 2)),
        ((HostAfterNs - HostBeforeNs) / 2) + Math.Abs(HostAfterNs - HostBeforeNs - RoundTripNs) + ResolutionNs);

    // A guest may claim any time; the difference of two 64-bit times need not fit.
    private static long Saturated(long guestNs, long hostNs) =>
        (long)Int128.Clamp((Int128)guestNs - hostNs, -ClockOffset.MaxNs, ClockOffset.MaxNs);
}
