using Guestclock.Protocols.PvClock;

namespace Guestclock.Linux.Kvm.Timing;

/// <summary>One reading of a guest's clock, and when the host had it read.</summary>
/// <param name="GuestTsc">The guest's own RDTSC.</param>
/// <param name="Instant">By the host's TSC: from before KVM_RUN to after it, or exactly where the guest's offset is known and lies in between.</param>
/// <param name="Page">The structure that the guest computes with.</param>
/// <param name="Host">What the chosen clock of the host showed at that instant.</param>
internal readonly record struct GuestMoment(ulong GuestTsc, TscInterval Instant, PvClockPage Page, NsInterval Host)
{
    /// <summary>kvm-clock, in nanoseconds.</summary>
    public long ClockNs => unchecked((long)Page.NsAt(GuestTsc));
}
