using System.Runtime.InteropServices;

namespace Guestclock.Linux.Native;

/// <summary>The time stamp counter of this machine, read by RDTSC: .NET has no such intrinsic, so that sixteen bytes of code are put into memory.</summary>
internal static unsafe class HostTsc
{
    // sys/mman.h.
    private const int ReadWrite = 3;
    private const int ReadExecute = 5;
    private const int PrivateAnonymous = 0x22;
    private const int PageBytes = 4096;

    private static readonly delegate* unmanaged[SuppressGCTransition]<ulong> Reader = Make();

    /// <summary>False on another processor than x86-64, and where no memory may be made executable.</summary>
    public static bool IsReadable => Reader is not null;

    /// <summary>In order with the reads and writes before and after it. Only where <see cref="IsReadable"/>.</summary>
    public static ulong Read() => Reader();

    private static delegate* unmanaged[SuppressGCTransition]<ulong> Make()
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
            return null;
        ReadOnlySpan<byte> code =
        [
            0x0F, 0xAE, 0xE8, // lfence
            0x0F, 0x31, // rdtsc
            0x0F, 0xAE, 0xE8, // lfence
            0x48, 0xC1, 0xE2, 0x20, // shl rdx, 32
            0x48, 0x09, 0xD0, // or rax, rdx
            0xC3, // ret
        ];
        var page = LibC.Map(0, PageBytes, ReadWrite, PrivateAnonymous, -1, 0);
        if (page == -1)
            return null;
        code.CopyTo(new Span<byte>((void*)page, PageBytes));
        if (LibC.Protect(page, PageBytes, ReadExecute) == 0)
            return (delegate* unmanaged[SuppressGCTransition]<ulong>)page;
        _ = LibC.Unmap(page, PageBytes);
        return null;
    }
}
