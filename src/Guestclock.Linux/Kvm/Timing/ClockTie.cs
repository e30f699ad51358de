namespace Guestclock.Linux.Kvm.Timing;

/// <summary>A clock of this host stood at <paramref name="ClockNs"/> while its TSC was in <paramref name="Tsc"/>.</summary>
/// <param name="Clock">Its id in linux/time.h.</param>
internal readonly record struct ClockTie(int Clock, TscInterval Tsc, long ClockNs);
