using System.Text.Json.Serialization;
using Guestclock.Json;

namespace Guestclock.Discipline.Watch;

/// <summary>Whether a guest's CPUs run, as far as events tell. Names in JSON are frozen.</summary>
[JsonConverter(typeof(KebabEnumConverter<GuestPhase>))]
public enum GuestPhase
{
    Running,
    Paused,

    /// <summary>Not here any more; it is forgotten as soon as its last run has ended.</summary>
    Gone,
}
