using System.Runtime.InteropServices;

namespace Guestclock.Linux.Native;

/// <summary>Which CPU a thread runs on, when it wakes, and how it has run.</summary>
internal static unsafe partial class LibC
{
    /// <param name="thread">0: the calling thread.</param>
    [LibraryImport(Library, EntryPoint = "sched_getaffinity", SetLastError = true)]
    public static partial int GetAffinity(int thread, nuint size, byte* mask);

    /// <param name="thread">0: the calling thread.</param>
    [LibraryImport(Library, EntryPoint = "sched_setaffinity", SetLastError = true)]
    public static partial int SetAffinity(int thread, nuint size, byte* mask);

    [LibraryImport(Library, EntryPoint = "prctl", SetLastError = true)]
    public static partial int ProcessControl(int option, nuint argument, nuint argument3, nuint argument4, nuint argument5);

    /// <returns>0 or the errno.</returns>
    [LibraryImport(Library, EntryPoint = "clock_nanosleep")]
    public static partial int SleepUntil(int clock, int flags, long* timespec, long* remaining);

    /// <param name="usage">A struct rusage: 144 bytes on 64-bit Linux.</param>
    [LibraryImport(Library, EntryPoint = "getrusage", SetLastError = true)]
    public static partial int GetUsage(int who, byte* usage);

    [LibraryImport(Library, EntryPoint = "pread", SetLastError = true)]
    public static partial nint ReadAt(int descriptor, byte* buffer, nint count, nint offset);
}
