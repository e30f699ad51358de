namespace Guestclock.Lab.Referee;

/// <summary>How often the referee looks: closely while clocks are being set, seldom later, so that it costs the guest next to nothing.</summary>
internal static class RefereePace
{
    /// <summary>While nothing is known to have happened.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    private const long Second = 1_000_000_000;

    /// <param name="sinceNs">Since the break, or since the guest answered again after a silence.</param>
    public static TimeSpan After(long sinceNs) => sinceNs switch
    {
        < 3 * Second => TimeSpan.FromMilliseconds(20),
        < 30 * Second => TimeSpan.FromMilliseconds(100),
        _ => TimeSpan.FromSeconds(1),
    };
}
