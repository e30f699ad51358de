using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.ClockTests;

/// <summary>
/// clock_gettime(2) of the C library, which asks the vDSO where it can, called through its address: no change of the runtime's mode
/// stands between the loop and the clock.
/// </summary>
internal readonly unsafe struct KernelClock(int id) : IClockReader
{
    private static readonly nint Library = NativeLibrary.Load("libc.so.6");

    /// <summary>Address of clock_gettime.</summary>
    public static readonly nint GetTime = NativeLibrary.GetExport(Library, "clock_gettime");

    /// <summary>Address of syscall.</summary>
    public static readonly nint SystemCall = NativeLibrary.GetExport(Library, "syscall");

    // Read once: a static field would be looked at in every turn of a loop.
    private readonly delegate* unmanaged[SuppressGCTransition]<int, Timespec*, int> _get =
        (delegate* unmanaged[SuppressGCTransition]<int, Timespec*, int>)GetTime;

    /// <summary>struct timespec of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    /// <summary>Nanoseconds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Read()
    {
        Timespec time;
        _ = _get(id, &time);
        return unchecked((time.Seconds * 1_000_000_000) + time.Nanoseconds);
    }

    /// <summary>Why the clock cannot be read, or null; with its stated resolution where it can.</summary>
    public static string? Refusal(int id, out long resolutionNs)
    {
        var time = stackalloc long[2];
        resolutionNs = 0;
        if (LibC.ClockGetTime(id, time) != 0)
            return Errno.Last == Errno.Invalid ? "this kernel does not keep it here (clocks of alarms need an RTC)" : Marshal.GetPInvokeErrorMessage(Errno.Last);
        if (LibC.ClockGetResolution(id, time) == 0)
            resolutionNs = (time[0] * 1_000_000_000) + time[1];
        return null;
    }
}
