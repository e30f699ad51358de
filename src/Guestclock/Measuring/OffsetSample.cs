namespace Guestclock.Measuring;

/// <summary>One measurement of a clock against a reference; the true offset lies within ± <see cref="BoundNs"/> of <paramref name="OffsetNs"/>.</summary>
/// <param name="AtUnixNs">CLOCK_REALTIME of this machine at the middle of the reading.</param>
/// <param name="AtRawNs">CLOCK_MONOTONIC_RAW at the same instant: the grid that no daemon slews.</param>
/// <param name="OffsetNs">Measured clock − reference: positive means that the measured clock is ahead (system − PHC, system − server, guest − host).</param>
/// <param name="DelayNs">How long the reading took (interval, round trip without processing); the lucky filter prefers small ones.</param>
/// <param name="Parts">What the bound is made of.</param>
public sealed record OffsetSample(long AtUnixNs, long AtRawNs, long OffsetNs, long DelayNs, IReadOnlyList<BoundPart> Parts)
{
    public long BoundNs { get; } = Parts.Sum(p => p.Ns);

    /// <summary>A remark on this sample alone, such as a step of the clock just before it; one sentence without a full stop.</summary>
    public string? Remark { get; init; }
}

/// <summary>A sample, or the sentence that says why there is none.</summary>
/// <param name="Problem">One sentence without a full stop; null where there is a sample.</param>
/// <param name="IsFinal">Asking again is of no use (no such device, access denied, kiss code DENY).</param>
public sealed record OffsetReading(OffsetSample? Sample, string? Problem, bool IsFinal = false)
{
    public static OffsetReading Of(OffsetSample sample) => new(sample, null);

    public static OffsetReading None(string problem, bool isFinal = false) => new(null, problem, isFinal);
}

/// <summary>What is measured against what.</summary>
/// <param name="Clock">The measured clock: <c>system clock</c>, <c>guest web1</c>.</param>
/// <param name="Reference"><c>PHC /dev/ptp0 (KVM virtual PTP)</c>, <c>NTP 10.0.2.2:123</c>, <c>RTC rtc0</c>, <c>chrony (its sources)</c>, <c>system clock of this host</c>.</param>
/// <param name="Method">How it is read, and what that costs in uncertainty; one sentence without a full stop.</param>
/// <param name="Remarks">What a reader must know of the reference, such as that a PHC of KVM shares its host's own error.</param>
public sealed record MeasuredPair(string Clock, string Reference, string Method, IReadOnlyList<string> Remarks)
{
    /// <summary>The measured clock, where it is CLOCK_REALTIME of this machine.</summary>
    public const string SystemClock = "system clock";
}
