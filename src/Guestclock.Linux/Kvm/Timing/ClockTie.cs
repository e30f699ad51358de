namespace Guestclock.Linux.Kvm.Timing;

/// <summary>A clock of this host stood at <paramref name="ClockNs"/> while its TSC was in <paramref name="Tsc"/>.</summary>
internal readonly record struct ClockTie(TscInterval Tsc, long ClockNs);
