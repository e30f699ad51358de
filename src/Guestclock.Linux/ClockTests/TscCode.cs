using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Guestclock.Facts;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.ClockTests;

/// <summary>
/// The instruction RDTSC, which .NET does not offer, in a page of our own that is written first and executable then, never both. LFENCE
/// before it keeps it after every instruction before (Intel SDM vol. 2, RDTSC; the kernel sets AMD's CPUs up to do the same).
/// </summary>
internal sealed unsafe class TscCode : IDisposable
{
    // sys/mman.h: PROT_READ, PROT_WRITE, PROT_EXEC; MAP_PRIVATE | MAP_ANONYMOUS. sys/prctl.h: PR_GET_TSC, PR_TSC_ENABLE.
    private const int ReadWrite = 3;
    private const int ReadExecute = 5;
    private const int PrivateAnonymous = 0x22;
    private const int GetTscMode = 25;
    private const int TscEnabled = 1;
    private const nuint PageBytes = 4096;

    private readonly nint _page;

    private TscCode(nint page) => _page = page;

    /// <summary>lfence; rdtsc; shl rdx, 32; or rax, rdx; ret.</summary>
    private static ReadOnlySpan<byte> Code => [0x0F, 0xAE, 0xE8, 0x0F, 0x31, 0x48, 0xC1, 0xE2, 0x20, 0x48, 0x09, 0xD0, 0xC3];

    public nint Address => _page;

    public TscReader Reader => new(_page);

    public static Fact<TscCode> Create()
    {
        const string source = "RDTSC";
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
            return Fact.Unknown<TscCode>(FactState.Unsupported, source, "this processor has no TSC");
        int mode;
        if (LibC.ProcessControl(GetTscMode, (nuint)(&mode), 0, 0, 0) == 0 && mode != TscEnabled)
            return Fact.Unknown<TscCode>(FactState.Denied, source, "this process may not read the TSC (PR_SET_TSC)");
        var page = LibC.Map(0, PageBytes, ReadWrite, PrivateAnonymous, -1, 0);
        if (page == -1)
            return Errno.ToFact<TscCode>(Errno.Last, "mmap", source, source);
        Code.CopyTo(new((void*)page, Code.Length));
        if (LibC.Protect(page, PageBytes, ReadExecute) != 0)
        {
            var fact = Errno.ToFact<TscCode>(Errno.Last, "mprotect", source, source);
            _ = LibC.Unmap(page, PageBytes);
            return fact with { Why = $"no code may be made executable here: {fact.Why}" };
        }

        return Fact.Known(new TscCode(page), source);
    }

    public void Dispose() => _ = LibC.Unmap(_page, PageBytes);
}

/// <summary>The TSC in cycles.</summary>
internal readonly unsafe struct TscReader(nint code) : IClockReader
{
    private readonly delegate* unmanaged[SuppressGCTransition]<long> _read = (delegate* unmanaged[SuppressGCTransition]<long>)code;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Read() => _read();
}
