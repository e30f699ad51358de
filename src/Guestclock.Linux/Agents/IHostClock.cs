namespace Guestclock.Linux.Agents;

/// <summary>The host's clocks. The lab and tests give one that is shifted.</summary>
public interface IHostClock
{
    /// <summary>CLOCK_REALTIME, nanoseconds since 1970: what guests are set to.</summary>
    long RealtimeNs { get; }

    /// <summary>CLOCK_MONOTONIC, nanoseconds: how long something took.</summary>
    long MonotonicNs { get; }

    /// <summary>CLOCK_BOOTTIME, nanoseconds: as monotonic, and it counts while the host sleeps.</summary>
    long BootTimeNs { get; }
}
