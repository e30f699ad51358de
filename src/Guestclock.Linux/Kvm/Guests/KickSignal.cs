using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Guestclock.Facts;
using Guestclock.Linux.Kvm.Calls;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Kvm.Guests;

/// <summary>
/// The signal that brings a thread back from KVM_RUN (Documentation/virt/kvm/api.rst, immediate_exit). Its handler is a function of the C
/// library that does nothing: managed code must not run there, for a signal may arrive at any instruction. It stays installed, since a
/// signal that is still on its way would end the process.
/// </summary>
internal static unsafe class KickSignal
{
    /// <summary>A real-time signal; .NET uses the first of them, 34.</summary>
    private const int Number = 50;

    // struct sigaction of the C library on x86-64: handler, 128 bytes of mask, flags, restorer. Flags 0: calls are not begun again.
    private const int ActionBytes = 152;

    // SIG_UNBLOCK, sizeof(sigset_t).
    private const int UnblockSignals = 1;
    private const int SignalSetBytes = 128;

    private static readonly Lazy<int> Installed = new(Install);

    /// <summary>Throws where the handler cannot be installed: then no guest may run.</summary>
    public static void Prepare()
    {
        if (Installed.Value is > 0 and var errno)
            throw new KvmException("sigaction", errno);
    }

    /// <param name="thread">A pthread_t that is alive.</param>
    public static void Send(nint thread) => _ = LibC.KillThread(thread, Number);

    /// <summary>For the calling thread: whoever started this program may have blocked the signal.</summary>
    public static void Unblock()
    {
        var signals = stackalloc ulong[SignalSetBytes / sizeof(ulong)];
        new Span<byte>(signals, SignalSetBytes).Clear();
        signals[0] = 1UL << (Number - 1);
        if (LibC.SetThreadSignalMask(UnblockSignals, signals, null) is > 0 and var errno)
            throw new KvmException("pthread_sigmask", errno);
    }

    private static int Install()
    {
        if (!NativeLibrary.TryLoad("libc", typeof(KickSignal).Assembly, null, out var library) || !NativeLibrary.TryGetExport(library, "getpid", out var handler))
            throw new KvmException(FactState.Failed, "the C library has no getpid");
        var action = stackalloc byte[ActionBytes];
        new Span<byte>(action, ActionBytes).Clear();
        BinaryPrimitives.WriteInt64LittleEndian(new Span<byte>(action, sizeof(long)), handler);
        return LibC.SetSignalAction(Number, action, null) == 0 ? 0 : Errno.Last;
    }
}
