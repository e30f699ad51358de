namespace Guestclock.Formats.ClockLogs;

/// <summary>What the values of a log are.</summary>
public enum SampleKind
{
    /// <summary>Clock − reference in seconds.</summary>
    Phase,

    /// <summary>Fractional frequency of the clock against its reference (1e-6 is 1 ppm); positive: the clock is fast.</summary>
    Frequency,
}

/// <summary>The values of one clock (of one source, where a log holds several), in the order of the log.</summary>
/// <param name="Name">The source, such as <c>10.0.0.1</c> or <c>PHC0</c>; empty where the log has one only.</param>
/// <param name="AtS">When each value was taken, in seconds of the log's own scale (since 1970 for those of daemons); empty where the log has no times: values at even steps.</param>
/// <param name="Values">In the unit of the kind; <see cref="double.NaN"/> where the log says that one is missing.</param>
public sealed record ClockLogSeries(string Name, SampleKind Kind, double[] AtS, double[] Values)
{
    public bool HasTimes => AtS.Length > 0;
}

/// <summary>A log as read.</summary>
/// <param name="Format">As a user calls it: <c>chrony tracking.log</c>, <c>ntpd loopstats</c>, <c>log of guestclock measure</c>, <c>columns of numbers</c>.</param>
/// <param name="Series">In the order of their first samples; none is empty.</param>
/// <param name="SkippedLines">Lines that are neither samples nor headings nor comments.</param>
/// <param name="Remarks">What a reader should know, such as the first skipped lines; sentences without a full stop.</param>
public sealed record ClockLog(string Format, IReadOnlyList<ClockLogSeries> Series, long SkippedLines, IReadOnlyList<string> Remarks);
