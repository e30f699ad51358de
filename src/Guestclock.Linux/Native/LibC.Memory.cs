using System.Runtime.InteropServices;

namespace Guestclock.Linux.Native;

/// <summary>Mappings of memory.</summary>
internal static unsafe partial class LibC
{
    /// <returns>The address, or -1.</returns>
    [LibraryImport(Library, EntryPoint = "mmap", SetLastError = true)]
    public static partial nint Map(nint address, nuint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport(Library, EntryPoint = "mprotect", SetLastError = true)]
    public static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport(Library, EntryPoint = "munmap", SetLastError = true)]
    public static partial int Unmap(nint address, nuint length);
}
