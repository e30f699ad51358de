namespace Guestclock.Measuring.Runs;

/// <summary>How often and how long is measured.</summary>
/// <param name="IntervalNs">Between the starts of two readings; positive.</param>
/// <param name="Count">Readings, lost ones included; null: no end.</param>
/// <param name="DurationNs">No reading begins so long after the first one, or later; null: no end.</param>
/// <param name="FiltersLucky">Whether only lucky samples count (<see cref="LuckyFilter"/>).</param>
public sealed record MeasurePlan(long IntervalNs, long? Count, long? DurationNs, bool FiltersLucky);
