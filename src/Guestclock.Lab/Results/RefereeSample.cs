using Guestclock.Discipline;

namespace Guestclock.Lab.Results;

/// <summary>One reading of a guest's true clock by the referee.</summary>
/// <param name="SinceBreakNs">Its middle on the host's monotonic clock, since the guest runs on with a wrong clock; negative before.</param>
/// <param name="Error">Guest − host, with the referee's own bound.</param>
public readonly record struct RefereeSample(long SinceBreakNs, ClockOffset Error);
