using System.Text.Json.Serialization;
using Guestclock.Discipline.Watch.Tracking;
using Guestclock.Json;

namespace Guestclock.Discipline.Watch;

/// <summary>What is to be said of a guest in one word. Names in JSON are frozen; the worst comes first.</summary>
[JsonConverter(typeof(KebabEnumConverter<GuestStanding>))]
public enum GuestStanding
{
    /// <summary>Owed a recovery that has failed so far.</summary>
    Failing,

    /// <summary>Owed a recovery, and the host's clock is not to be spread.</summary>
    Held,

    /// <summary>Nothing is owed, and the last measurement saw it off, or drifting, by more than the limit.</summary>
    Off,

    /// <summary>Owed a recovery that runs or will soon.</summary>
    Pending,

    /// <summary>Nothing is owed; it did not answer the last measurement.</summary>
    Unmeasured,

    /// <summary>Its CPUs stand.</summary>
    Paused,
    Right,
}

/// <summary>All that the watch knows at one instant. Instants are CLOCK_MONOTONIC of the host.</summary>
/// <param name="Waiting">Recoveries that are due and wait for room.</param>
/// <param name="Owed">Guests that are owed a recovery, waiting or running or later.</param>
public sealed record WatchSnapshot(
    long AtNs, HostSanity Host, long HostSinceNs, IReadOnlyList<GuestSnapshot> Guests, WatchTotals Totals, int Recovering, int Measuring, int Waiting, int Owed)
{
    /// <summary>Sources of guests that are out of order, and why.</summary>
    public IReadOnlyList<(string Source, string Detail)> Troubles { get; init; } = [];

    /// <summary>By standing, then by how far off they may be, then by name.</summary>
    public IEnumerable<GuestSnapshot> WorstFirst =>
        Guests.OrderBy(g => g.Standing).ThenByDescending(g => g.Measured?.Offset.WorstNs ?? 0).ThenBy(g => g.Name, StringComparer.Ordinal);
}

/// <summary>One guest at one instant.</summary>
/// <param name="Events">The last event of each kind.</param>
public sealed record GuestSnapshot(string Name, GuestPhase Phase, GuestStanding Standing, GuestEventKind LastEvent, long LastEventNs, IReadOnlyList<(GuestEventKind Kind, long AtNs)> Events)
{
    /// <summary>The last measurement, whoever made it.</summary>
    public ClockSample? Measured { get; init; }

    public DriftEstimate? Drift { get; init; }

    /// <summary>How the last recovery that was not cancelled ended.</summary>
    public RecoveryResult? LastRecovery { get; init; }

    public long? LastRecoveryNs { get; init; }

    /// <summary>What it is owed a recovery for; null when nothing is owed.</summary>
    public RecoveryReason? Owed { get; init; }

    /// <summary>When that is tried again; null when it runs, is held, or nothing is owed.</summary>
    public long? NextTryNs { get; init; }

    public AgentFailure? Failure { get; init; }
}
