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

/// <summary>What reads cost: medians of batches of some tens of microseconds, so that a batch in which something else ran does not count.</summary>
internal sealed class CostTests(IReadOnlyList<int> cpus, CancellationToken cancellationToken)
{
    /// <summary>A clock that there is none of: the system call comes back at once.</summary>
    public const int NoClock = 4096;

    private const long BatchNs = 30_000;
    private const int LeastReads = 8;
    private const int MostReads = 4000;
    private const int MostBatches = 4000;

    /// <summary>asm/unistd_64.h and asm-generic/unistd.h: clock_gettime. 0: not known of this processor.</summary>
    public static int SystemCallNumber { get; } = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 228,
        Architecture.Arm64 => 113,
        _ => 0,
    };

    /// <summary>Nanoseconds of one read on the first of the CPUs, the others idle as far as we are concerned. Null where there was no time for it.</summary>
    public double? Alone(ReadingWay way, int id, TimeSpan duration) => Median(PinnedThreads.Run([cpus[0]], duration, (_, stop) => Batches(way, id, stop), cancellationToken));

    /// <summary>The same while all CPUs read.</summary>
    public double? Loaded(ReadingWay way, int id, TimeSpan duration) => Median(PinnedThreads.Run(cpus, duration, (_, stop) => Batches(way, id, stop), cancellationToken));

    private static double? Median(IEnumerable<List<double>?> costs)
    {
        var all = costs.OfType<List<double>>().SelectMany(c => c).Order().ToList();
        return all.Count == 0 ? null : all[all.Count / 2];
    }

    private static List<double> Batches(ReadingWay way, int id, Stop stop)
    {
        var costs = new List<double>(MostBatches);
        var watch = new KernelClock(ClockId.MonotonicRaw);
        Batch(way, id, LeastReads);
        var start = watch.Read();
        Batch(way, id, LeastReads);
        var reads = (int)Math.Clamp(BatchNs * LeastReads / Math.Max(1, watch.Read() - start), LeastReads, MostReads);
        while (!stop.IsSet && costs.Count < MostBatches)
        {
            start = watch.Read();
            Batch(way, id, reads);
            costs.Add((watch.Read() - start) / (double)reads);
        }

        return costs;
    }

    private static void Batch(ReadingWay way, int id, int reads)
    {
        switch (way)
        {
            case ReadingWay.Library:
                ByLibrary(id, reads);
                break;
            case ReadingWay.SystemCall:
                BySystemCall(SystemCallNumber, id, reads);
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
