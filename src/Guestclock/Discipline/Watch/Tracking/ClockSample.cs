namespace Guestclock.Discipline.Watch.Tracking;

/// <summary>One measurement: guest − host at an instant of the host's monotonic clock.</summary>
public readonly record struct ClockSample(long AtNs, ClockOffset Offset);
