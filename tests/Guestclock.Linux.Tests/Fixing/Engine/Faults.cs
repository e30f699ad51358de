using Guestclock.Linux.Fixing.Calls;

namespace Guestclock.Linux.Tests.Fixing.Engine;

/// <summary>Has the changing calls of a run fail, or end the process as far as files can tell: after a crash nothing is changed any more.</summary>
public sealed class Faults
{
    private Faults(int from, int errno, bool isForEver) => (From, Number, IsForEver) = (from, errno, isForEver);

    /// <summary>The call, counted from 1, that fails; 0: none.</summary>
    private int From { get; }

    /// <summary>0: a crash.</summary>
    private int Number { get; }

    private bool IsForEver { get; }

    public int Calls { get; private set; }

    public List<string> Log { get; } = [];

    public static Faults None() => new(0, 0, false);

    public static Faults CrashAt(int call) => new(call, 0, true);

    public static Faults Once(int call, int errno) => new(call, errno, false);

    public static Faults Always(int call, int errno) => new(call, errno, true);

    internal ChangeCalls ToCalls(int chunkBytes = 700) => new((call, what) =>
    {
        Calls++;
        Log.Add($"{call} {what}");
        if (From == 0 || Calls < From || (Calls > From && !IsForEver))
            return 0;
        return Number == 0 ? throw new SimulatedCrashException() : Number;
    })
    {
        ChunkBytes = chunkBytes,
    };
}

/// <summary>The process was killed here.</summary>
public sealed class SimulatedCrashException : Exception;
