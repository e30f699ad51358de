using System.Runtime.InteropServices;

namespace Guestclock.Linux.Native;

/// <summary>Memory, the CPUs that a thread may run on, and signals to one thread.</summary>
internal static unsafe partial class LibC
{
    /// <returns>−1 on failure.</returns>
    [LibraryImport(Library, EntryPoint = "mmap", SetLastError = true)]
    public static partial nint Map(nint address, nint bytes, int protection, int flags, int descriptor, nint offset);

    [LibraryImport(Library, EntryPoint = "mprotect", SetLastError = true)]
    public static partial int Protect(nint address, nint bytes, int protection);

    [LibraryImport(Library, EntryPoint = "munmap", SetLastError = true)]
    public static partial int Unmap(nint address, nint bytes);

    /// <param name="thread">0: the calling thread.</param>
    /// <param name="mask">cpu_set_t: bit n stands for CPU n.</param>
    [LibraryImport(Library, EntryPoint = "sched_getaffinity", SetLastError = true)]
    public static partial int GetAffinity(int thread, nint bytes, ulong* mask);

    /// <param name="thread">0: the calling thread.</param>
    /// <param name="mask">cpu_set_t: bit n stands for CPU n.</param>
    [LibraryImport(Library, EntryPoint = "sched_setaffinity", SetLastError = true)]
    public static partial int SetAffinity(int thread, nint bytes, ulong* mask);

    /// <param name="action">struct sigaction: see <c>KickSignal</c>.</param>
    [LibraryImport(Library, EntryPoint = "sigaction", SetLastError = true)]
    public static partial int SetSignalAction(int signal, void* action, void* old);

    /// <param name="signals">A sigset_t: 128 bytes.</param>
    /// <returns>0 or the errno.</returns>
    [LibraryImport(Library, EntryPoint = "pthread_sigmask")]
    public static partial int SetThreadSignalMask(int how, ulong* signals, ulong* old);

    [LibraryImport(Library, EntryPoint = "pthread_self")]
    public static partial nint ThisThread();

    /// <returns>0 or the errno.</returns>
    [LibraryImport(Library, EntryPoint = "pthread_kill")]
    public static partial int KillThread(nint thread, int signal);
}
