using System.Text.Json.Serialization;
using Guestclock.Json;

namespace Guestclock.Discipline.Watch;

/// <summary>Why a guest is owed a recovery. Names in JSON are frozen.</summary>
[JsonConverter(typeof(KebabEnumConverter<WatchTrigger>))]
public enum WatchTrigger
{
    Found,
    Started,
    Resumed,
    Restored,
    Migrated,
    Reset,

    /// <summary>The host slept, and with it every guest.</summary>
    HostSlept,

    /// <summary>The host's clock was stepped: what was right before is wrong now.</summary>
    HostStepped,

    /// <summary>A measurement between events found it wrong, and the policy says to act on that.</summary>
    MeasuredWrong,
}

/// <summary>Why a recovery is begun.</summary>
/// <param name="SinceNs">When the disruption was learned of, CLOCK_MONOTONIC.</param>
/// <param name="Attempt">1 for the first one after the disruption.</param>
public sealed record RecoveryReason(WatchTrigger Trigger, long SinceNs, int Attempt, string Detail = "");
