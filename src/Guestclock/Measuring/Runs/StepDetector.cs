namespace Guestclock.Measuring.Runs;

/// <summary>
/// Finds where an offset changed by more than bounds and drift allow. It keeps the interval in which the true offset may lie, lets it grow with time, and cuts it
/// down to each sample's; a sample that has nothing in common with it shows a step. So one bad reading hides none.
/// </summary>
public sealed class StepDetector
{
    /// <summary>
    /// Two clocks may drift apart by so much without a step: the kernel corrects a rate by up to 500 ppm (MAXFREQ of linux/timex.h), and
    /// adjtime(3) slews by as much again. What chronyd slews faster shows as steps.
    /// </summary>
    public const long MostDriftPpm = 1000;

    /// <summary>Realtime and raw time of a sample are read one after the other, and something may come between.</summary>
    private const long ReadingSlackNs = 1_000_000;

    private OffsetSample? _last;
    private Int128 _lowNs;
    private Int128 _highNs;

    /// <summary>The step just before this sample, or null.</summary>
    public ClockStep? Take(OffsetSample sample)
    {
        var (low, high) = ((Int128)sample.OffsetNs - sample.BoundNs, (Int128)sample.OffsetNs + sample.BoundNs);
        var last = _last;
        _last = sample;
        if (last is null)
        {
            (_lowNs, _highNs) = (low, high);
            return null;
        }

        var driftNs = DriftNs(sample.AtRawNs - last.AtRawNs);
        (_lowNs, _highNs) = (Int128.Max(_lowNs - driftNs, low), Int128.Min(_highNs + driftNs, high));
        if (_lowNs <= _highNs)
            return null;
        (_lowNs, _highNs) = (low, high);
        var boundNs = Saturated((Int128)last.BoundNs + sample.BoundNs + driftNs);
        var sizeNs = Saturated((Int128)sample.OffsetNs - last.OffsetNs);
        return new(last.AtUnixNs, sample.AtUnixNs, sizeNs, boundNs, CauseOf(last, sample, sizeNs, boundNs, driftNs));
    }

    /// <summary>What two clocks may drift apart by in a time without a step.</summary>
    public static long DriftNs(long passedNs) => Math.Max(0, passedNs) / (1_000_000 / MostDriftPpm);

    private static StepCause CauseOf(OffsetSample last, OffsetSample sample, long sizeNs, long boundNs, long driftNs)
    {
        var movedNs = Math.Abs(sample.AtUnixNs - last.AtUnixNs - (sample.AtRawNs - last.AtRawNs));
        var slackNs = ReadingSlackNs + driftNs + last.DelayNs + sample.DelayNs;
        return movedNs > slackNs && Int128.Abs((Int128)Math.Abs(sizeNs) - movedNs) <= (Int128)boundNs + slackNs ? StepCause.SystemClock : StepCause.Other;
    }

    private static long Saturated(Int128 ns) => (long)Int128.Clamp(ns, -long.MaxValue, long.MaxValue);
}
