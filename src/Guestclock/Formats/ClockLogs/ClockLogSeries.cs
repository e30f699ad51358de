namespace Guestclock.Formats.ClockLogs;

/// <summary>What the values of a log are.</summary>
public enum SampleKind
{
    /// <summary>Clock − reference in seconds.</summary>
    Phase,

    /// <summary>Fractional frequency of the clock against its reference (1e-6 is 1 ppm); positive: the clock is fast.</summary>
    Frequency,
}

/// <summary>One value of a log.</summary>
/// <param name="AtS">Seconds since 1970, or since the first sample where the log has no times; null: one step after the last one.</param>
/// <param name="Value">In the unit of the series' kind.</param>
/// <param name="BoundS">The true phase lies within ± this, where the log says so.</param>
public readonly record struct ClockLogSample(double? AtS, double Value, double? BoundS = null);

/// <summary>The values of one clock (of one source, where a log holds several), in the order of the log.</summary>
/// <param name="Name">The source, such as <c>10.0.0.1</c> or <c>PHC0</c>; empty where the log has one only.</param>
public sealed record ClockLogSeries(string Name, SampleKind Kind, IReadOnlyList<ClockLogSample> Samples);

/// <summary>A log as read.</summary>
/// <param name="Format">As a user calls it: <c>chrony tracking</c>, <c>ntpd loopstats</c>, <c>guestclock measure</c>, <c>columns</c>.</param>
/// <param name="SkippedLines">Lines that are no samples, with the first few and why (<c>line 12: ...</c>).</param>
public sealed record ClockLog(string Format, IReadOnlyList<ClockLogSeries> Series, int SkippedLines, IReadOnlyList<string> Remarks);
