using System.Text.Json.Serialization;
using Guestclock.Json;

namespace Guestclock.Discipline;

/// <summary>How one run of sense, decide, set and prove ended. Names in JSON and in metrics are frozen.</summary>
[JsonConverter(typeof(KebabEnumConverter<RecoveryOutcome>))]
public enum RecoveryOutcome
{
    /// <summary>Measured, and right within the limit: nothing was to be done.</summary>
    InTime,

    /// <summary>Set, and seen afterwards to be right within the limit.</summary>
    Recovered,

    /// <summary>Measured, not right, and left alone because the policy says so.</summary>
    Left,

    /// <summary>Not right; it would have been set, but this was a dry run.</summary>
    WouldSet,

    /// <summary>Set, and afterwards seen to be wrong, or not seen at all.</summary>
    NotProved,

    /// <summary>It could not be measured, or the agent refuses to set it; nothing was changed.</summary>
    Failed,

    /// <summary>The host's own clock is not to be trusted, so nothing was spread.</summary>
    HostNotSynchronized,

    /// <summary>A newer event took its place, or the program was told to stop.</summary>
    Cancelled,
}
