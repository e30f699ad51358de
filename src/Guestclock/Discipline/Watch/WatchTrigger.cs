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
