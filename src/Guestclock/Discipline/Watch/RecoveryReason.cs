namespace Guestclock.Discipline.Watch;

/// <summary>Why a recovery is begun.</summary>
/// <param name="SinceNs">When the disruption was learned of, CLOCK_MONOTONIC.</param>
/// <param name="Attempt">1 for the first one after the disruption.</param>
public sealed record RecoveryReason(WatchTrigger Trigger, long SinceNs, int Attempt, string Detail = "");
