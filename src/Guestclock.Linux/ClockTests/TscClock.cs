using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.ClockTests;

/// <summary>The TSC of the CPU that reads it, in cycles.</summary>
internal readonly struct TscClock : IClockReader
{
    // sys/prctl.h: PR_GET_TSC, PR_TSC_ENABLE. Where it is not enabled, the instruction kills the process.
    private const int GetMode = 25;
    private const int Enabled = 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Read() => unchecked((long)HostTsc.Read());

    /// <summary>Whether this processor has the counter at all.</summary>
    public static bool IsThere => RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>Why it cannot be read, or null.</summary>
    public static unsafe string? Refusal()
    {
        if (!IsThere)
            return "this processor has no TSC";
        int mode;
        if (LibC.ProcessControl(GetMode, (nuint)(&mode), 0, 0, 0) == 0 && mode != Enabled)
            return "this process may not read the TSC (PR_SET_TSC)";
        return HostTsc.IsReadable ? null : "the instruction RDTSC needs a few bytes of code of its own, and no memory may be made executable here";
    }
}
