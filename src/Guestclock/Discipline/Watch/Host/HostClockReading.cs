namespace Guestclock.Discipline.Watch.Host;

/// <summary>The host's three clocks at one moment, nanoseconds.</summary>
/// <param name="BoundNs">The clocks were read one after the other, at most this far apart.</param>
public readonly record struct HostClockReading(long RealtimeNs, long MonotonicNs, long BootTimeNs, long BoundNs)
{
    /// <summary>Time that the host has slept since it started, but for a constant: CLOCK_BOOTTIME counts it, CLOCK_MONOTONIC does not.</summary>
    public long AsleepNs => BootTimeNs - MonotonicNs;

    /// <summary>
    /// When the host started, as CLOCK_REALTIME says now. Nothing but a step of CLOCK_REALTIME changes it: slewing changes all clocks
    /// alike, and sleep counts in both.
    /// </summary>
    public long StartedAtNs => RealtimeNs - BootTimeNs;
}
