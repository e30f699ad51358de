using System.Text.Json.Serialization;
using Guestclock.Json;

namespace Guestclock.Discipline.Watch;

/// <summary>Whether the host's clock may be spread. Names in JSON are frozen.</summary>
[JsonConverter(typeof(KebabEnumConverter<HostClockState>))]
public enum HostClockState
{
    /// <summary>Nobody could say.</summary>
    Unknown,
    Synchronized,
    NotSynchronized,
}

/// <summary>What is known of the host's own clock.</summary>
/// <param name="BoundNs">The host's true error lies within ± this; 0 unless it is synchronised.</param>
/// <param name="Detail">Who says so, or what is wrong, for people.</param>
public sealed record HostSanity(HostClockState State, long BoundNs, string Detail)
{
    public static HostSanity Synchronized(long boundNs, string detail) => new(HostClockState.Synchronized, boundNs, detail);

    public static HostSanity NotSynchronized(string reason) => new(HostClockState.NotSynchronized, 0, reason);

    public static HostSanity Unknown(string reason) => new(HostClockState.Unknown, 0, reason);

    public bool IsSynchronized => State == HostClockState.Synchronized;
}
