using System.Runtime.CompilerServices;
using Guestclock.Facts;
using Guestclock.Trials.Clocks.Evidence;

namespace Guestclock.Linux.ClockTests;

/// <summary>Readers that do nothing but read CLOCK_MONOTONIC, one on each CPU; a gap between two readings is time in which the CPU did something else.</summary>
internal sealed class StallTests(IReadOnlyList<int> cpus, CancellationToken cancellationToken)
{
    private const long GapNs = 10_000;
    private const long LongStallNs = 1_000_000;

    public Fact<StallReading> Run(TimeSpan duration)
    {
        const string source = "CLOCK_MONOTONIC";
        var seen = PinnedThreads.Run(cpus, duration, (_, stop) => Watch(stop), cancellationToken).OfType<Gaps>().Where(g => g.SpanNs > 0).ToList();
        if (seen.Count == 0)
            return Fact.Unknown<StallReading>(FactState.Failed, source, "no CPU read the clock for long enough");
        return Fact.Known(new StallReading(seen.Max(g => g.SpanNs), seen.Count, seen.Max(g => g.LongestNs), seen.Max(g => g.LongestStallNs),
            seen.Sum(g => g.Over10Us), seen.Sum(g => g.Over1Ms), seen.Sum(g => g.LostNs), seen.TrueForAll(g => g.QueuedNs is not null) ? seen.Sum(g => g.QueuedNs) : null), source);
    }

    /// <summary>Has the loop compiled.</summary>
    public static void Prepare(Stop over) => Watch(over);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Gaps Watch(Stop stop)
    {
        var clock = new KernelClock(ClockId.Monotonic);
        using var wait = new OwnWait();
        var gaps = new Gaps(wait);
        gaps.Begin();
        var start = clock.Read();
        var last = start;
        while (!stop.IsSet)
        {
            var now = clock.Read();
            if (now - last > GapNs)
            {
                gaps.Add(now - last);
                now = clock.Read();
            }

            last = now;
        }

        gaps.End(last - start);
        return gaps;
    }

    /// <summary>The gaps of one reader. Adding one allocates nothing.</summary>
    private sealed class Gaps(OwnWait wait)
    {
        private long _waitedNs;
        private long _firstWaitedNs;
        private (long Voluntary, long Involuntary) _switches;

        public long SpanNs { get; private set; }

        public long LongestNs { get; private set; }

        public long LongestStallNs { get; private set; }

        public long Over10Us { get; private set; }

        public long Over1Ms { get; private set; }

        public long LostNs { get; private set; }

        public long? QueuedNs { get; private set; }

        public void Begin()
        {
            (_firstWaitedNs, _switches) = (wait.Ns, OwnWait.Switches());
            _waitedNs = _firstWaitedNs;
        }

        public void End(long spanNs) => (SpanNs, QueuedNs) = (spanNs, wait.IsKnown ? wait.Ns - _firstWaitedNs : null);

        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Add(long gapNs)
        {
            LongestNs = Math.Max(LongestNs, gapNs);
            var (waited, switches) = (wait.Ns, OwnWait.Switches());
            // The runtime may have made the thread sleep; and where the kernel does not tell for how long others ran, the whole gap is theirs.
            var isOthers = switches.Voluntary != _switches.Voluntary || (!wait.IsKnown && switches.Involuntary != _switches.Involuntary);
            var stall = isOthers ? 0 : gapNs - (waited - _waitedNs);
            (_waitedNs, _switches) = (waited, switches);
            if (stall <= GapNs)
                return;
            LongestStallNs = Math.Max(LongestStallNs, stall);
            Over10Us++;
            LostNs += stall;
            if (stall > LongStallNs)
                Over1Ms++;
        }
    }
}
