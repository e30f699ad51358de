namespace Guestclock.Measuring.Runs;

/// <summary>What came of one reading: a sample, or a problem.</summary>
/// <param name="AtUnixNs">CLOCK_REALTIME of this machine; <paramref name="AtRawNs"/> is CLOCK_MONOTONIC_RAW at the same instant.</param>
/// <param name="Problem">Why there is no sample; else null.</param>
/// <param name="IsUsed">Whether the sample counts: the lucky filter has chosen it, or is off.</param>
/// <param name="Step">The step just before this sample; else null.</param>
public sealed record MeasureEntry(long AtUnixNs, long AtRawNs, OffsetSample? Sample, string? Problem, bool IsUsed, ClockStep? Step);
