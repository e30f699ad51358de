using System.Runtime.InteropServices;

namespace Guestclock.Linux.Kvm.Calls;

/// <summary>struct kvm_clock_data of linux/kvm.h, 48 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 48)]
internal struct KvmClockData
{
    public const uint Stable = 2;
    public const uint HasRealtime = 4;
    public const uint HasHostTsc = 8;

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
