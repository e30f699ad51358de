using Guestclock.Checks.Domain;

namespace Guestclock.Fixes.Domains;

/// <summary>domain-timers: the timers of a guest suit its system.</summary>
public sealed class DomainTimersFix() : DomainFix(new DomainTimers())
{
    public override string Name => "domain-timers";

    public override string Title => "Changes the timers of virtual machines";
}
