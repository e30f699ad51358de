using Guestclock.Checks.Domain;

namespace Guestclock.Fixes.Domains;

/// <summary>domain-clock: the RTC that a guest starts with holds what its system reads from it.</summary>
public sealed class DomainClockFix() : DomainFix(new DomainClock())
{
    public override string Name => "domain-clock";

    public override string Title => "Changes the clock offset of virtual machines";
}
