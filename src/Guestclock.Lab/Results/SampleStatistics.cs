using Guestclock.Discipline;

namespace Guestclock.Lab.Results;

/// <summary>What the referee's samples of one run come to. Samples are in the order of time; those before the break do not count.</summary>
public static class SampleStatistics
{
    /// <summary>Of how many samples at the end the residual is the median.</summary>
    public const int LastSamples = 9;

    /// <summary>
    /// Nanoseconds from the break to the first sample that is surely below the limit and after which none is at or above it; null when
    /// there is none. Surely below: |error| + bound &lt; limit, so that the referee's own error makes a time later, never earlier. At or above:
    /// |error| ≥ limit; but a reading whose bound reaches the limit, or is more than twice as wide as is usual in this run, must be above
    /// it surely (|error| − bound ≥ limit), else it decides nothing.
    /// </summary>
    public static long? StaysBelow(IReadOnlyList<RefereeSample> samples, long limitNs)
    {
        var usualNs = Bound(samples) is { } bound ? Math.Min(2 * bound.MedianNs, limitNs - 1) : 0;
        long? since = null;
        foreach (var sample in AfterBreak(samples))
        {
            if (sample.Error.WorstNs < limitNs)
                since ??= sample.SinceBreakNs;
            else if (sample.Error.LeastNs >= limitNs || (sample.Error.BoundNs <= usualNs && Math.Abs(sample.Error.OffsetNs) >= limitNs))
                since = null;
        }

        return since;
    }

    /// <summary>The sample that is farthest from right.</summary>
    public static ClockOffset? Worst(IReadOnlyList<RefereeSample> samples)
    {
        ClockOffset? worst = null;
        foreach (var sample in AfterBreak(samples))
        {
            if (worst is not { } w || sample.Error.LeastNs > w.LeastNs)
                worst = sample.Error;
        }

        return worst;
    }

    /// <summary>What was left in the end: the median of the last samples, with the median of their bounds.</summary>
    public static ClockOffset? Residual(IReadOnlyList<RefereeSample> samples)
    {
        var last = AfterBreak(samples).TakeLast(LastSamples).ToList();
        return last.Count == 0 ? null : new(Median(last.Select(s => s.Error.OffsetNs)), Median(last.Select(s => s.Error.BoundNs)));
    }

    /// <summary>How well the referee saw: the median and the largest of its bounds.</summary>
    public static RefereeBound? Bound(IReadOnlyList<RefereeSample> samples)
    {
        var bounds = AfterBreak(samples).Select(s => s.Error.BoundNs).ToList();
        return bounds.Count == 0 ? null : new(Median(bounds), bounds.Max());
    }

    /// <summary>The sample nearest in time.</summary>
    public static RefereeSample? Nearest(IReadOnlyList<RefereeSample> samples, long sinceBreakNs)
    {
        RefereeSample? nearest = null;
        foreach (var sample in AfterBreak(samples))
        {
            if (nearest is not { } n || Math.Abs(sample.SinceBreakNs - sinceBreakNs) < Math.Abs(n.SinceBreakNs - sinceBreakNs))
                nearest = sample;
        }

        return nearest;
    }

    private static IEnumerable<RefereeSample> AfterBreak(IReadOnlyList<RefereeSample> samples) => samples.Where(s => s.SinceBreakNs >= 0);

    /// <summary>Of an even number the lower of the two in the middle: a value that was seen.</summary>
    private static long Median(IEnumerable<long> values)
    {
        var sorted = values.Order().ToList();
        return sorted[(sorted.Count - 1) / 2];
    }
}

/// <summary>The referee's own error over a run: half of its round trips.</summary>
public readonly record struct RefereeBound(long MedianNs, long WorstNs);
