using Guestclock.Linux.ClockTests;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Tests.ClockTests;

/// <summary>Clocks that are wrong on purpose, and one that is right however its readers are interrupted.</summary>
public class StepSearchTests
{
    /// <summary>Two readers even where there is one CPU: then they take turns on it.</summary>
    private static readonly int[] TwoCpus = CpuSet.Allowed() is [var first, var second, ..] ? [first, second] : [CpuSet.Allowed()[0], CpuSet.Allowed()[0]];

    [Fact]
    public void A_clock_that_goes_back_by_5_ns_once_in_a_million_reads_is_found()
    {
        var count = StepSearch.Run(new Stumbling(new long[1]), null, 0, new(), 3_500_000);
        Assert.Equal((3_500_000, 3, 5, 10), (count.Reads, count.BackSteps, count.WorstBack, count.SmallestStep));
        Assert.Equal((0, 0, null), (count.CrossReads, count.CrossBackSteps, count.LeastCrossGap));
    }

    [Fact]
    public void A_clock_that_is_behind_on_one_CPU_alone_is_found_from_the_other()
    {
        var shared = new long[1];
        var counts = Run(index => new Ticking(shared, index == 1 ? 1_000_000 : 0));
        Assert.Equal(0, counts.Sum(c => c.BackSteps));
        Assert.True(counts.Sum(c => c.CrossBackSteps) > 0);
        // The readings between the two are so many ticks less; one that was published just before is behind by all of it.
        Assert.InRange(counts.Max(c => c.WorstCrossBack), 1, 1_000_000);
    }

    [Fact]
    public void A_right_clock_never_goes_back_whoever_interrupts_its_readers()
    {
        using var load = new Load(4);
        var shared = new long[1];
        var counts = Run(_ => new Ticking(shared, 0));
        Assert.All(counts, c => Assert.Equal((0, 0), (c.BackSteps, c.CrossBackSteps)));
        Assert.True(counts.Sum(c => c.CrossReads) > 0);
        Assert.All(counts, c => Assert.InRange(c.LeastCrossGap ?? 1, 1, long.MaxValue));
    }

    [Fact]
    public void A_clock_that_stands_still_has_no_step() =>
        Assert.Equal((0, 0), (StepSearch.Run(new Ticking(new long[1], 0) { Step = 0 }, null, 0, new(), 1000) is var c ? c.SmallestStep : -1, c.BackSteps));

    [Fact]
    public void Readings_around_the_end_of_64_bits_are_compared_as_counters_are()
    {
        var count = StepSearch.Run(new Ticking([long.MaxValue - 50], 0), null, 0, new(), 100);
        Assert.Equal((0, 1), (count.BackSteps, count.SmallestStep));
    }

    [Fact]
    public void All_CPUs_together_are_in_nanoseconds_and_what_is_bad_is_rounded_up()
    {
        var (one, other) = (new StepCount { Reads = 10, SmallestStep = 30, LeastCrossGap = 70, CrossReads = 4 }, new StepCount { Reads = 5, SmallestStep = 0 });
        one.Back(3);
        one.Back(4);
        other.CrossBack(1);
        var reading = StepTests.Together([one, null, other, new StepCount()], 2.5)!;
        Assert.Equal(new(15, 2, 2, 12) { CrossReads = 4, CrossBackSteps = 1, WorstCrossBackNs = 1, LeastCrossGapNs = 28 }, reading);
        Assert.Null(StepTests.Together([null, new StepCount()], 1));
    }

    private static List<StepCount> Run<TClock>(Func<int, TClock> clock)
        where TClock : struct, IClockReader
    {
        var readings = new PublishedReadings(2);
        var counts = PinnedThreads.Run(TwoCpus, TimeSpan.FromMilliseconds(200), (index, stop) => StepSearch.Run(clock(index), readings, index, stop), CancellationToken.None);
        Assert.DoesNotContain(null, counts);
        return [.. counts.OfType<StepCount>()];
    }

    /// <summary>Ten a read, and every millionth read 5 before the one before it.</summary>
    private readonly struct Stumbling(long[] reads) : IClockReader
    {
        public long Read() => ++reads[0] % 1_000_000 == 0 ? ((reads[0] - 1) * 10) - 5 : reads[0] * 10;
    }

    /// <summary>One count for all readers; <paramref name="behind"/> for this one.</summary>
    private readonly struct Ticking(long[] shared, long behind) : IClockReader
    {
        public long Step { get; init; } = 1;

        public long Read() => unchecked(Interlocked.Add(ref shared[0], Step) - behind);
    }

    /// <summary>Threads that keep the CPUs from the readers.</summary>
    private sealed class Load : IDisposable
    {
        private readonly Stop _stop = new();
        private readonly Thread[] _threads;

        public Load(int threads)
        {
            _threads = [.. Enumerable.Range(0, threads).Select(_ => new Thread(() =>
            {
                while (!_stop.IsSet)
                    Thread.SpinWait(100);
            }))];
            foreach (var thread in _threads)
                thread.Start();
        }

        public void Dispose()
        {
            _stop.Set();
            foreach (var thread in _threads)
                thread.Join();
        }
    }
}
