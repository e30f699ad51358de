using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.ClockTests;

/// <summary>One way to read a clock, over and over.</summary>
internal enum ReadingWay
{
    /// <summary>clock_gettime of the C library.</summary>
    Library,

    /// <summary>The system call itself.</summary>
    SystemCall,

    /// <summary>The TSC's instruction.</summary>
    Tsc,
}

/// <summary>What is read, and how.</summary>
internal readonly record struct TimedRead(ReadingWay Way, int Id);

/// <summary>What reads cost: medians of batches of some tens of microseconds, so that a batch in which something else ran does not count.</summary>
internal static class CostTests
{
    /// <summary>A clock that there is none of: the system call comes back at once.</summary>
    public const int NoClock = 4096;

    private const long BatchNs = 30_000;
    private const int LeastReads = 8;
    private const int MostReads = 4000;
    private const int LeastBatches = 3;
    private const int MostBatches = 1000;

    /// <summary>Threads end by themselves when their windows are over.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>asm/unistd_64.h and asm-generic/unistd.h: clock_gettime. 0: not known of this processor.</summary>
    public static int SystemCallNumber { get; } = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 228,
        Architecture.Arm64 => 113,
        _ => 0,
    };

    /// <summary>Nanoseconds of each of the reads, one after the other, by a thread on each of the CPUs at the same time. Null where there was no time for it.</summary>
    public static IReadOnlyList<double?> Run(IReadOnlyList<TimedRead> reads, IReadOnlyList<int> cpus, TimeSpan duration, CancellationToken cancellationToken)
    {
        var windowNs = (long)(duration.TotalNanoseconds / Math.Max(1, reads.Count));
        // The threads' windows are the same, so that all read one clock: they count from when the first thread began.
        long startNs = 0;
        var costs = PinnedThreads.Run(cpus, duration + Grace, (_, stop) =>
        {
            var now = new KernelClock(ClockId.MonotonicRaw).Read();
            var first = Interlocked.CompareExchange(ref startNs, now, 0);
            var start = first == 0 ? now : first;
            return reads.Select((read, i) => Batches(read, start + ((i + 1) * windowNs), stop)).ToList();
        }, cancellationToken);
        return [.. reads.Select((_, i) => Median(costs.OfType<List<List<double>>>().SelectMany(c => c[i])))];
    }

    /// <summary>Has the loops compiled.</summary>
    public static void Prepare()
    {
        Batch(new(ReadingWay.Library, ClockId.Monotonic), 1);
        if (SystemCallNumber != 0)
            Batch(new(ReadingWay.SystemCall, ClockId.Monotonic), 1);
        if (TscClock.Refusal() is null)
            Batch(new(ReadingWay.Tsc, 0), 1);
    }

    private static double? Median(IEnumerable<double> costs)
    {
        var all = costs.Order().ToList();
        return all.Count == 0 ? null : all[all.Count / 2];
    }

    private static List<double> Batches(TimedRead read, long untilNs, Stop stop)
    {
        var costs = new List<double>(LeastBatches);
        var watch = new KernelClock(ClockId.MonotonicRaw);
        if (stop.IsSet)
            return costs;
        Batch(read, LeastReads);
        var start = watch.Read();
        Batch(read, LeastReads);
        var reads = (int)Math.Clamp(BatchNs * LeastReads / Math.Max(1, watch.Read() - start), LeastReads, MostReads);
        do
        {
            start = watch.Read();
            Batch(read, reads);
            costs.Add((watch.Read() - start) / (double)reads);
        }
        while (!stop.IsSet && costs.Count < MostBatches && (costs.Count < LeastBatches || watch.Read() < untilNs));

        return costs;
    }

    private static void Batch(TimedRead read, int reads)
    {
        switch (read.Way)
        {
            case ReadingWay.Library:
                ByLibrary(read.Id, reads);
                break;
            case ReadingWay.SystemCall:
                BySystemCall(SystemCallNumber, read.Id, reads);
                break;
            default:
                ByTsc(reads);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void ByLibrary(int id, int reads)
    {
        var get = (delegate* unmanaged[SuppressGCTransition]<int, KernelClock.Timespec*, int>)KernelClock.GetTime;
        KernelClock.Timespec time;
        for (var i = 0; i < reads; i++)
            _ = get(id, &time);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void BySystemCall(int number, int id, int reads)
    {
        var call = (delegate* unmanaged[SuppressGCTransition]<nint, nint, KernelClock.Timespec*, nint>)KernelClock.SystemCall;
        KernelClock.Timespec time;
        for (var i = 0; i < reads; i++)
            _ = call(number, id, &time);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SuppressMessage("Performance", "CA1806", Justification = "reading is all that is timed")]
    private static void ByTsc(int reads)
    {
        for (var i = 0; i < reads; i++)
            _ = HostTsc.Read();
    }
}
