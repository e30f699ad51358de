using Guestclock.Linux.Live;

namespace Guestclock.Linux.Agents;

/// <summary>This machine's clocks, by clock_gettime(2).</summary>
public sealed class HostClock : IHostClock
{
    public static HostClock Instance { get; } = new();

    public long RealtimeNs => Clocks.RealtimeNs();

    public long MonotonicNs => Clocks.MonotonicNs();

    public long BootTimeNs => Clocks.BootTimeNs();
}
