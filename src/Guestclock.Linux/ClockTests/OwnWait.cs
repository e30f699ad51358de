using Guestclock.Linux.Native;

namespace Guestclock.Linux.ClockTests;

/// <summary>
/// For how long the calling thread was ready to run while its CPU ran something else: the second number of /proc/thread-self/schedstat
/// (Documentation/scheduler/sched-stats.rst), which knows of processes, threads of the kernel and CPU quotas, and not of interrupts and
/// hypervisors. Made, read and closed by the thread itself.
/// </summary>
internal sealed unsafe class OwnWait : IDisposable
{
    private const int Bytes = 96;

    // RUSAGE_THREAD; ru_nvcsw and ru_nivcsw are the last two of the 18 longs of struct rusage.
    private const int ThisThread = 1;
    private const int UsageLongs = 18;

    private readonly int _file = LibC.OpenAt(LibC.WorkingDirectory, "/proc/thread-self/schedstat", OpenFlags.Read);

    public OwnWait() => IsKnown = Read(out _);

    /// <summary>False where the kernel does not count it, or there is no /proc.</summary>
    public bool IsKnown { get; }

    /// <summary>Nanoseconds since the thread began; 0 where it is not known.</summary>
    public long Ns => Read(out var ns) ? ns : 0;

    /// <summary>How often the thread gave up its CPU itself, and how often it was taken from it.</summary>
    public static (long Voluntary, long Involuntary) Switches()
    {
        var usage = stackalloc long[UsageLongs];
        return LibC.GetUsage(ThisThread, usage) == 0 ? (usage[UsageLongs - 2], usage[UsageLongs - 1]) : default;
    }

    public void Dispose()
    {
        if (_file >= 0)
            _ = LibC.Close(_file);
    }

    /// <summary>Allocates nothing. Three numbers: time on the CPU, time waiting for it, turns; all are 0 where the kernel does not count.</summary>
    private bool Read(out long waitedNs)
    {
        waitedNs = 0;
        var text = stackalloc byte[Bytes];
        if (_file < 0 || LibC.ReadAt(_file, text, Bytes, 0) is not (> 0 and var length))
            return false;
        var line = new ReadOnlySpan<byte>(text, (int)length);
        return Number(ref line, out var ran) && Number(ref line, out waitedNs) && Number(ref line, out var turns) && ran + turns > 0;
    }

    private static bool Number(ref ReadOnlySpan<byte> line, out long number)
    {
        if (!System.Buffers.Text.Utf8Parser.TryParse(line, out number, out var length))
            return false;
        line = line[length..].TrimStart((byte)' ');
        return true;
    }
}
