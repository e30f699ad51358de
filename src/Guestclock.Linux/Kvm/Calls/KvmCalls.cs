using Guestclock.Linux.Native;

namespace Guestclock.Linux.Kvm.Calls;

/// <summary>The system calls themselves.</summary>
internal sealed unsafe class KvmCalls : IKvmCalls
{
    // asm-generic/fcntl.h.
    private const int ReadWriteCloseOnExec = 0x80002;

    // sys/mman.h: PROT_READ | PROT_WRITE, MAP_SHARED, MAP_ANONYMOUS.
    private const int ReadWrite = 3;
    private const int Shared = 1;
    private const int Anonymous = 0x20;

    public static KvmCalls Instance { get; } = new();

    public int Open(string path) => OrErrno(LibC.OpenAt(LibC.WorkingDirectory, path, ReadWriteCloseOnExec));

    public int Control(int descriptor, uint request, nint argument) => OrErrno(LibC.IoControl(descriptor, request, (void*)argument));

    public nint Map(int descriptor, int bytes)
    {
        var address = LibC.Map(0, bytes, ReadWrite, descriptor < 0 ? Shared | Anonymous : Shared, descriptor, 0);
        return address == -1 ? -Errno.Last : address;
    }

    public void Unmap(nint address, int bytes) => _ = LibC.Unmap(address, bytes);

    public void Close(int descriptor) => _ = LibC.Close(descriptor);

    private static int OrErrno(int result) => result < 0 ? -Errno.Last : result;
}
