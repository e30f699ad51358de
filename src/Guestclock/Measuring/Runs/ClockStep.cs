using System.Text.Json.Serialization;
using Guestclock.Json;

namespace Guestclock.Measuring.Runs;

/// <summary>What moved when an offset changed by more than clocks can drift. Names in JSON are frozen.</summary>
[JsonConverter(typeof(KebabEnumConverter<StepCause>))]
public enum StepCause
{
    /// <summary>CLOCK_REALTIME of this machine: it left CLOCK_MONOTONIC_RAW by as much.</summary>
    SystemClock,

    /// <summary>The other clock of the pair, or this machine or the guest stood still.</summary>
    Other,
}

/// <summary>The offset changed by more than the bounds of the samples and drift allow.</summary>
/// <param name="AfterUnixNs">CLOCK_REALTIME at the last sample before it.</param>
/// <param name="AtUnixNs">CLOCK_REALTIME at the first sample that shows it.</param>
/// <param name="SizeNs">Offset after − offset before; ± <paramref name="BoundNs"/>.</param>
public sealed record ClockStep(long AfterUnixNs, long AtUnixNs, long SizeNs, long BoundNs, StepCause Cause);
