using System.Runtime.CompilerServices;
using Guestclock.Facts;
using Guestclock.Linux.Native;
using Guestclock.Trials.Clocks.Evidence;

namespace Guestclock.Linux.ClockTests;

/// <summary>Threads that sleep until an instant, one on each CPU, again and again.</summary>
internal sealed class TimerTests(IReadOnlyList<int> cpus, CancellationToken cancellationToken)
{
    private const long IntervalNs = 1_000_000;

    // sys/prctl.h: PR_SET_TIMERSLACK, for the calling thread; linux/time.h: TIMER_ABSTIME.
    private const int SetTimerSlack = 29;
    private const int Absolute = 1;

    /// <summary>Of one CPU; 100 s of them, and less on machines of many CPUs.</summary>
    private const int MostTimers = 100_000;
    private const int MostTogether = 1_000_000;

    public Fact<TimerLateness> Run(TimeSpan duration)
    {
        const string source = "clock_nanosleep CLOCK_MONOTONIC";
        var most = (int)Math.Clamp(duration.TotalMilliseconds * 2, 1, Math.Min(MostTimers, MostTogether / cpus.Count));
        var seen = PinnedThreads.Run(cpus, duration, (index, stop) => Sleep(index, most, stop), cancellationToken).OfType<Sleeps>().ToList();
        if (seen.Find(s => s.Error != 0) is { } failed)
            return Errno.ToFact<TimerLateness>(failed.Error, "clock_nanosleep", "CLOCK_MONOTONIC", source);
        if (LatenessDistribution.Of(seen.SelectMany(s => s.LatenessNs.Take(s.Count))) is not { } lateness)
            return Fact.Unknown<TimerLateness>(FactState.Failed, source, "no timer expired in the time that there was");
        var own = seen.TrueForAll(s => s.IsWaitKnown) ? LatenessDistribution.Of(seen.SelectMany(s => s.OwnNs.Take(s.Count))) : null;
        return Fact.Known(new TimerLateness(seen.Sum(s => s.Count), lateness, own), source);
    }

    private unsafe Sleeps Sleep(int index, int most, Stop stop)
    {
        var sleeps = new Sleeps(most);
        using var wait = new OwnWait();
        sleeps.IsWaitKnown = wait.IsKnown;
        // The kernel may let timers of a thread expire 50 µs later than asked, to wake once for several.
        _ = LibC.ProcessControl(SetTimerSlack, 1, 0, 0, 0);
        var clock = new KernelClock(ClockId.Monotonic);
        var until = stackalloc long[2];
        // CPUs do not all wake at once.
        var target = clock.Read() + IntervalNs + (IntervalNs * index / cpus.Count);
        while (!stop.IsSet && sleeps.Count < most)
        {
            (until[0], until[1]) = (target / 1_000_000_000, target % 1_000_000_000);
            var waited = wait.Ns;
            var errno = LibC.SleepUntil(ClockId.Monotonic, Absolute, until, null);
            var now = clock.Read();
            if (errno == Errno.Interrupted)
                continue;
            if (errno != 0)
            {
                sleeps.Error = errno;
                break;
            }

            sleeps.Add(now - target, wait.Ns - waited);
            target = Math.Max(target + IntervalNs, now + (IntervalNs / 10));
        }

        return sleeps;
    }

    private sealed class Sleeps(int most)
    {
        public long[] LatenessNs { get; } = new long[most];

        public long[] OwnNs { get; } = new long[most];

        public int Count { get; private set; }

        public bool IsWaitKnown { get; set; }

        public int Error { get; set; }

        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Add(long latenessNs, long waitedNs)
        {
            LatenessNs[Count] = latenessNs;
            OwnNs[Count++] = Math.Max(0, latenessNs - waitedNs);
        }
    }
}
