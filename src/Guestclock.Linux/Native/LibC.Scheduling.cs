using System.Runtime.InteropServices;

namespace Guestclock.Linux.Native;

/// <summary>When a thread wakes, and how it has run.</summary>
internal static unsafe partial class LibC
{
    [LibraryImport(Library, EntryPoint = "prctl", SetLastError = true)]
    public static partial int ProcessControl(int option, nuint argument, nuint argument3, nuint argument4, nuint argument5);

    /// <returns>0 or the errno.</returns>
    [LibraryImport(Library, EntryPoint = "clock_nanosleep")]
    public static partial int SleepUntil(int clock, int flags, long* timespec, long* remaining);

    /// <param name="usage">A struct rusage: 144 bytes on 64-bit Linux.</param>
    [LibraryImport(Library, EntryPoint = "getrusage", SetLastError = true)]
    public static partial int GetUsage(int who, long* usage);

    [LibraryImport(Library, EntryPoint = "pread", SetLastError = true)]
    public static partial nint ReadAt(int descriptor, byte* buffer, nint count, nint offset);
}
