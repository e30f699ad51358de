using System.Text.Json.Serialization;
using Guestclock.Json;

namespace Guestclock.Discipline.Watch;

/// <summary>What to do while the host's clock is not known to be synchronised. Names in configuration and JSON are frozen.</summary>
[JsonConverter(typeof(KebabEnumConverter<HostUnsynchronized>))]
public enum HostUnsynchronized
{
    /// <summary>Ask and set no guest; do all that is owed when the host is right again.</summary>
    Refuse,

    /// <summary>Say so and go on: for hosts that no time service disciplines on purpose.</summary>
    Warn,
}

/// <summary>When guests are recovered and measured. Times in nanoseconds.</summary>
public sealed record WatchPolicy
{
    public static WatchPolicy Default { get; } = new();

    /// <summary>Runs at the same time, recoveries and measurements together.</summary>
    public int MaxActive { get; init; } = 256;

    /// <summary>Of those, runs that try again a guest that did not answer: half, so that a fresh event finds room.</summary>
    public int MaxRetries => Math.Max(1, MaxActive / 2);

    /// <summary>Of those, measurements: a quarter.</summary>
    public int MaxMeasurements => Math.Max(1, MaxActive / 4);

    /// <summary>Events of guests beyond that many are refused: memory is bounded.</summary>
    public int MaxGuests { get; init; } = 10_000;

    /// <summary>Between two measurements of one guest; 0: never measure.</summary>
    public long MeasureEveryNs { get; init; } = 60_000_000_000;

    /// <summary>Pauses are longer or shorter by up to this part, so that guests do not fall into step.</summary>
    public double Jitter { get; init; } = 0.2;

    /// <summary>Before a guest that did not answer is asked again; doubles up to <see cref="SlowRetryNs"/>, and then goes on at that pace.</summary>
    public long FirstRetryNs { get; init; } = 100_000_000;

    public long SlowRetryNs { get; init; } = 300_000_000_000;

    /// <summary>How often a set clock that was not seen to be right is tried again, after 1 s, 2 s, 4 s...; then at the pace of <see cref="HopelessRetryNs"/>.</summary>
    public int NotProvedRetries { get; init; } = 3;

    /// <summary>Where only a change of configuration can help (blocked, unsupported, denied, no channel).</summary>
    public long HopelessRetryNs { get; init; } = 900_000_000_000;

    /// <summary>After a boot or reset, before the agent is asked for the first time unless it says that it is there.</summary>
    public long BootDelayNs { get; init; } = 2_000_000_000;

    /// <summary>How much later than a fresh event the repeated try of a silent guest counts in the queue.</summary>
    public long RetryHandicapNs { get; init; } = 5_000_000_000;

    public HostUnsynchronized HostUnsynchronized { get; init; } = HostUnsynchronized.Refuse;

    /// <summary>A guest that a measurement sees wrong by more than this, bound taken off, is recovered; null: it is only told.</summary>
    public long? RecoverAboveNs { get; init; }

    /// <summary>An offset that is surely larger is told, once until it is surely smaller than half.</summary>
    public long OffsetAlertNs { get; init; } = 100_000_000;

    /// <summary>A drift that is surely larger is told, once until it is surely smaller than half.</summary>
    public long DriftAlertPpb { get; init; } = 20_000;

    /// <summary>Smaller jumps are not told.</summary>
    public long JumpAlertNs { get; init; } = 10_000_000;
}
