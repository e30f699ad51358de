using Guestclock.Units;

namespace Guestclock.Measuring;

/// <summary>What an RTC said, in whole seconds since 1970, between two readings of CLOCK_MONOTONIC_RAW.</summary>
public readonly record struct RtcSecond(long RawBeforeNs, long UnixS, long RawAfterNs);

/// <summary>
/// The edge at which an RTC began a second: after the last reading of the second before had begun, and before the first reading of this
/// second had ended.
/// </summary>
/// <param name="EarliestNs">By CLOCK_MONOTONIC_RAW.</param>
public readonly record struct RtcEdge(long UnixS, long EarliestNs, long LatestNs)
{
    /// <summary>Years that nanoseconds of 64 bits hold.</summary>
    private const long MostSeconds = 9_000_000_000;

    public long RawNs => EarliestNs + (WidthNs / 2);

    public long WidthNs => LatestNs - EarliestNs;

    /// <summary>The edge between two successive readings; null where the second is still the same.</summary>
    /// <param name="problem">Why the two readings are not those of a clock that counts; null where they are.</param>
    public static RtcEdge? Between(RtcSecond last, RtcSecond next, out string? problem)
    {
        problem = Math.Abs(next.UnixS) > MostSeconds ? "the RTC shows no date that can be"
            : next.UnixS < last.UnixS ? $"the RTC went back by {last.UnixS - next.UnixS} s"
            : next.UnixS <= last.UnixS + 1 ? null
            : next.RawAfterNs - last.RawBeforeNs > 1_000_000_000
                ? $"this program was held up for {new Nanoseconds(next.RawAfterNs - last.RawBeforeNs)} at the RTC's edge"
                : $"the RTC jumped by {next.UnixS - last.UnixS} s";
        return problem is null && next.UnixS == last.UnixS + 1 ? new(next.UnixS, last.RawBeforeNs, next.RawAfterNs) : null;
    }

    /// <summary>System clock − RTC at the edge, ± half of the time in which it must have been, and of that in which the system clock was read.</summary>
    /// <param name="span">The clocks of this machine before the last second's reading and after the edge.</param>
    /// <param name="before">The edge of the reading before, if there was one.</param>
    public OffsetReading Judge(ClockSpan span, RtcEdge? before)
    {
        if (span.Problem is { } problem)
            return OffsetReading.None(problem);
        var unixNs = span.After.UnixAt(RawNs);
        var parts = new List<BoundPart> { new("reading", (WidthNs + span.After.WidthNs + 1) / 2), new("resolution", 1) };
        if (span.ErrorNs > 0)
            parts.Add(new("ageing", span.ErrorNs));
        return OffsetReading.Of(new(unixNs, RawNs, unixNs - (UnixS * 1_000_000_000), WidthNs, parts)
        {
            Remark = before is { } b
                ? ClockJump.Remark("RTC", (UnixS - b.UnixS) * 1_000_000_000, RawNs - b.RawNs, (WidthNs + b.WidthNs + 1) / 2) : null,
        });
    }
}
