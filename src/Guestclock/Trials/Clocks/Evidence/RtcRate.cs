namespace Guestclock.Trials.Clocks.Evidence;

/// <summary>The rate of the RTC by its update edges, against CLOCK_MONOTONIC_RAW.</summary>
/// <param name="SpanNs">From the first edge to the last.</param>
/// <param name="ErrorPpm">(RTC − reference) / reference; positive: the RTC is fast.</param>
/// <param name="BoundPpm">The true value lies within ± this.</param>
public sealed record RtcRate(string Device, int Edges, long SpanNs, double ErrorPpm, double BoundPpm);
