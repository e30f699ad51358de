using System.Text.Json.Serialization;
using Guestclock.Discipline.Watch.Tracking;
using Guestclock.Json;

namespace Guestclock.Discipline.Watch;

/// <summary>Kinds of lines that the watch tells. Names in JSON are frozen.</summary>
[JsonConverter(typeof(KebabEnumConverter<WatchRecordKind>))]
public enum WatchRecordKind
{
    /// <summary>The program began to watch.</summary>
    Started,

    /// <summary>It ended.</summary>
    Stopped,

    /// <summary>The configuration was read again.</summary>
    Reloaded,

    /// <summary>The host's own clock: synchronised or not any more.</summary>
    Host,

    /// <summary>The host slept.</summary>
    HostSlept,

    /// <summary>The host's clock was stepped.</summary>
    HostStepped,

    /// <summary>Something happened to a guest.</summary>
    GuestEvent,

    /// <summary>A run of sense, decide, set and prove ended.</summary>
    Recovery,

    /// <summary>A guest's clock jumped and no event explains it.</summary>
    Jump,

    /// <summary>A guest's clock drifts faster than the limit, or no longer.</summary>
    Drift,

    /// <summary>A guest's clock is off by more than the limit, or no longer.</summary>
    Offset,

    /// <summary>A guest could not be measured, or can again.</summary>
    Measurement,

    /// <summary>A source of guests has trouble, or none any more.</summary>
    Source,

    /// <summary>Lines were lost, as nobody took them; told by what writes the lines.</summary>
    Dropped,
}

/// <summary>One thing that the watch tells; what does not belong to its kind is null.</summary>
/// <param name="AtNs">CLOCK_MONOTONIC of the host; whoever writes it down adds the time of day.</param>
public sealed record WatchRecord(WatchRecordKind Kind, long AtNs)
{
    public string? Guest { get; init; }

    public GuestEventKind? Event { get; init; }

    /// <summary>Why the recovery was owed, and which attempt this was.</summary>
    public RecoveryReason? Reason { get; init; }

    public RecoveryResult? Result { get; init; }

    /// <summary>When it will be tried again, from now; null when nothing is owed any more (or when nobody can say).</summary>
    public long? RetryInNs { get; init; }

    /// <summary>The measurement that was the occasion.</summary>
    public ClockOffset? Offset { get; init; }

    /// <summary>Of a jump: by how much the guest's clock moved against the host's, positive: forward; bound as of an offset.</summary>
    public ClockOffset? Jump { get; init; }

    public DriftEstimate? Drift { get; init; }

    /// <summary>Of an alert or trouble: true when it began, false when it is over.</summary>
    public bool? IsRaised { get; init; }

    public AgentFailure? Failure { get; init; }

    public HostSanity? Host { get; init; }

    /// <summary>Of a sleep its length, of a step its size (positive: forward).</summary>
    public long? HostNs { get; init; }

    /// <summary>Name of the source of guests.</summary>
    public string? Source { get; init; }

    public string Detail { get; init; } = "";
}
