using Guestclock.Protocols.Ptp;
using Guestclock.Units;

namespace Guestclock.Measuring;

/// <summary>
/// Samples out of readings of a PHC: the narrowest of a reading counts (as linuxptp's sysoff.c), system clock − PHC, ± half its interval.
/// It remembers the reading before, so that a clock that jumps or goes back is named.
/// </summary>
public sealed class PhcJudge
{
    /// <summary>Each of the two clocks says whole nanoseconds.</summary>
    private const long ResolutionNs = 2;

    /// <summary>Between two samples of one reading the system clock may be slewed by a tenth.</summary>
    private const int SlewDivisor = 8;

    private const long SlackNs = 10_000;

    /// <summary>More than any step that <see cref="ClockSpan"/> lets through.</summary>
    private const long OutsideNs = 1_000_000;

    private (long RawNs, PtpSample Sample)? _last;

    /// <param name="span">The clocks of this machine before and after the reading.</param>
    /// <param name="referenceNs">What the driver says that the PHC itself may be off by; null where it says nothing.</param>
    public OffsetReading Judge(IReadOnlyList<PtpSample> samples, ClockSpan span, long? referenceNs = null)
    {
        if ((span.Problem ?? Inconsistency(samples)) is { } problem)
            return OffsetReading.None(problem);
        if (samples.Where(s => s.IsOrdered).OrderBy(s => s.PostNs - s.PreNs).Cast<PtpSample?>().FirstOrDefault() is not { } best)
            return OffsetReading.None("the system clock went back while the PHC was read");
        if (best.PreNs < span.Before.UnixNs - OutsideNs || best.PostNs > span.After.UnixNs + OutsideNs)
            return OffsetReading.None("the PHC's driver tells times of the system clock at which it was not asked");
        var unixNs = best.PreNs + ((best.PostNs - best.PreNs) / 2);
        var rawNs = span.After.RawAt(unixNs);
        var parts = new List<BoundPart> { new("reading", best.BoundNs), new("resolution", ResolutionNs) };
        if (span.ErrorNs > 0)
            parts.Add(new("ageing", span.ErrorNs));
        if (referenceNs is { } own)
            parts.Add(new("reference", own));
        var sample = new OffsetSample(unixNs, rawNs, -best.OffsetNs, best.PostNs - best.PreNs, parts) { Remark = Jump(rawNs, best) };
        _last = (rawNs, best);
        return OffsetReading.Of(sample);
    }

    /// <summary>What the time that a PHC shows says of the clock itself, for a reader; null where it is as it should be.</summary>
    /// <param name="offsetNs">System clock − PHC.</param>
    /// <param name="unixNs">The system clock.</param>
    public static string? Hint(long offsetNs, long unixNs)
    {
        const long Year2000 = 946_684_800_000_000_000;
        const long TaiNs = 37_000_000_000;
        if (Math.Abs(Math.Abs(offsetNs) - TaiNs) < 500_000_000)
            return offsetNs < 0
                ? "the PHC is 37 s ahead: it shows TAI, not UTC (chrony's refclock option tai)"
                : "the PHC is 37 s behind: somebody takes it for TAI, or subtracts the offset of TAI twice";
        var phcNs = unixNs - offsetNs;
        return phcNs < Year2000 && unixNs >= Year2000
            ? "the PHC shows a time before 2000: nobody has set it, and the offset only tells how it drifts"
            : null;
    }

    /// <summary>Why the samples of one reading cannot be those of a clock; null where they can.</summary>
    private static string? Inconsistency(IReadOnlyList<PtpSample> samples)
    {
        for (var i = 1; i < samples.Count; i++)
        {
            var (before, after) = (samples[i - 1], samples[i]);
            var passedNs = after.PhcNs - before.PhcNs;
            if (passedNs < 0)
                return $"the PHC went back by {new Nanoseconds(-passedNs)} within one reading";
            var mostNs = after.PostNs - before.PreNs;
            if (mostNs >= 0 && passedNs > mostNs + (mostNs / SlewDivisor) + SlackNs)
                return $"the PHC jumped by {new Nanoseconds(passedNs - mostNs)} within one reading";
        }

        return null;
    }

    /// <summary>A remark where the PHC and the clock that nobody steers moved apart since the reading before.</summary>
    private string? Jump(long rawNs, PtpSample sample)
    {
        if (_last is not var (lastRawNs, last))
            return null;
        return sample.PhcNs < last.PhcNs
            ? $"the PHC went back by {new Nanoseconds(last.PhcNs - sample.PhcNs)} since the reading before"
            : ClockJump.Remark("PHC", sample.PhcNs - last.PhcNs, rawNs - lastRawNs, sample.BoundNs + last.BoundNs);
    }
}
