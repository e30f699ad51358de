using System.Text.Json.Serialization;
using Guestclock.Json;

namespace Guestclock.Discipline.Watch;

/// <summary>What happened to a guest, as libvirt or QMP tells. Names in JSON are frozen.</summary>
[JsonConverter(typeof(KebabEnumConverter<GuestEventKind>))]
public enum GuestEventKind
{
    /// <summary>A source has found the guest running: at its own start, or after a gap in which events may have been missed.</summary>
    Found,

    /// <summary>Its CPUs began to run for the first time (boot).</summary>
    Started,

    /// <summary>Its CPUs stopped.</summary>
    Paused,

    /// <summary>Its CPUs run again.</summary>
    Resumed,

    /// <summary>It runs from a snapshot or a saved image.</summary>
    Restored,

    /// <summary>It runs here after a migration.</summary>
    Migrated,

    /// <summary>It was reset (reboot).</summary>
    Reset,

    /// <summary>Its agent opened the channel.</summary>
    AgentConnected,

    /// <summary>It wrote its RTC.</summary>
    RtcChanged,

    /// <summary>It is gone from this host: shut off, destroyed, migrated away.</summary>
    Gone,
}
