using Guestclock.Linux.Native;
using Guestclock.Trials.Clocks.Evidence;

namespace Guestclock.Linux.ClockTests;

/// <summary>Every clock read on all CPUs at the same time, and what came of it.</summary>
internal sealed class StepTests(IReadOnlyList<int> cpus, CancellationToken cancellationToken)
{
    private const int BracketTries = 50;

    /// <summary>Both clocks are rounded to nanoseconds on their own, and a slow counter makes brackets of no width.</summary>
    private const long RoundingNs = 1_000;

    public StepReading? OfKernelClock(ClockId id, TimeSpan duration)
    {
        // A timer that the kernel cancels when the clock is set, and the difference to a clock that nobody can set.
        using var timer = id.Kind == ClockKind.Wall ? new ClockSetTimer() : null;
        var before = id.Kind == ClockKind.Wall ? DifferenceToMonotonic(id.Number) : default;
        var readings = id.Kind == ClockKind.CpuTime ? null : new PublishedReadings(cpus.Count);
        var counts = PinnedThreads.Run(cpus, duration, (index, stop) => StepSearch.Run(new KernelClock(id.Number), readings, index, stop), cancellationToken);
        if (Together(counts, 1) is not { } reading)
            return null;
        if (timer is null)
            return reading;
        var after = DifferenceToMonotonic(id.Number);
        var moved = before.Low > after.High + RoundingNs || after.Low > before.High + RoundingNs;
        return reading with { WasSet = timer.Wait(TimeSpan.Zero) || (moved && !id.IsCoarse) };
    }

    /// <param name="cyclesPerNs">What the TSC counts in a nanosecond; asked for afterwards.</param>
    public StepReading? OfTsc(TimeSpan duration, Func<double?> cyclesPerNs)
    {
        var readings = new PublishedReadings(cpus.Count);
        var counts = PinnedThreads.Run(cpus, duration, (index, stop) => StepSearch.Run(new TscClock(), readings, index, stop), cancellationToken);
        return cyclesPerNs() is { } rate and > 0 ? Together(counts, rate) : null;
    }

    /// <summary>Has the loops compiled.</summary>
    public static void Prepare(Stop over)
    {
        StepSearch.Run(new KernelClock(ClockId.Monotonic), new PublishedReadings(2), 0, over);
        if (TscClock.Refusal() is null)
            StepSearch.Run(new TscClock(), new PublishedReadings(2), 0, over);
        Brackets.Best(new KernelClock(ClockId.Monotonic), new KernelClock(ClockId.Monotonic), 1);
    }

    /// <summary>All CPUs together, in nanoseconds: what is bad is rounded up. Null where no CPU read anything.</summary>
    internal static StepReading? Together(IEnumerable<StepCount?> counts, double unitsPerNs)
    {
        var seen = counts.OfType<StepCount>().Where(c => c.Reads > 0).ToList();
        if (seen.Count == 0)
            return null;
        return new(seen.Sum(c => c.Reads), seen.Sum(c => c.BackSteps), Up(seen.Max(c => c.WorstBack)),
            Up(seen.Where(c => c.SmallestStep > 0).Select(c => c.SmallestStep).DefaultIfEmpty(0).Min()))
        {
            CrossReads = seen.Sum(c => c.CrossReads),
            CrossBackSteps = seen.Sum(c => c.CrossBackSteps),
            WorstCrossBackNs = Up(seen.Max(c => c.WorstCrossBack)),
            LeastCrossGapNs = seen.Min(c => c.LeastCrossGap) is { } gap ? Up(gap) : null,
        };

        long Up(long units) => (long)Math.Min(Math.Ceiling(units / unitsPerNs), long.MaxValue / 2);
    }

    /// <summary>Between which values the clock − CLOCK_MONOTONIC lies now: the narrowest of some brackets.</summary>
    private static (long Low, long High) DifferenceToMonotonic(int id)
    {
        var best = Brackets.Best(new KernelClock(ClockId.Monotonic), new KernelClock(id), BracketTries);
        return (best.Clock - best.AfterNs, best.Clock - best.BeforeNs);
    }
}
