using System.Runtime.InteropServices;

namespace Guestclock.Linux.Live;

/// <summary>The few system calls and ioctl numbers of linux/kvm.h that the clock needs. Values as compiled on x86-64.</summary>
internal static partial class KvmIoctl
{
    public const nuint GetApiVersion = 0xAE00;
    public const nuint CreateVm = 0xAE01;
    public const nuint CheckExtension = 0xAE03;
    public const nuint CreateVcpu = 0xAE41;
    public const nuint SetClock = 0x4030AE7B;
    public const nuint GetClock = 0x8030AE7C;
    public const nuint GetTscKhz = 0xAEA3;

    private const int ReadWriteCloseOnExec = 0x80002;

    /// <summary>open(2) with O_RDWR | O_CLOEXEC; negative with the error number in <see cref="Marshal.GetLastPInvokeError"/>.</summary>
    public static int Open(string path) => OpenFile(path, ReadWriteCloseOnExec);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Call(int fd, nuint request, nint argument);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Call(int fd, nuint request, ref KvmClockData argument);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int fd);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);
}

/// <summary>struct kvm_clock_data of linux/kvm.h, 48 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 48)]
internal struct KvmClockData
{
    /// <summary>Nanoseconds of the virtual machine's clock.</summary>
    [FieldOffset(0)]
    public ulong Clock;

    /// <summary>2 stable, 4 realtime valid, 8 host TSC valid.</summary>
    [FieldOffset(8)]
    public uint Flags;

    /// <summary>Host CLOCK_REALTIME in nanoseconds.</summary>
    [FieldOffset(16)]
    public ulong Realtime;

    /// <summary>The host's TSC at the same instant.</summary>
    [FieldOffset(24)]
    public ulong HostTsc;
}
