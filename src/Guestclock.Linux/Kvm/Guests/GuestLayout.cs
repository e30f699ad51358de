namespace Guestclock.Linux.Kvm.Guests;

/// <summary>Where things are in a guest's 64 KiB of memory; addresses from 0, the same physical and virtual.</summary>
internal static class GuestLayout
{
    public const int Bytes = 0x1_0000;

    public const int Code = 0x1000;

    /// <summary>What the vCPUs share, or what one hands out.</summary>
    public const int Shared = 0x2000;

    /// <summary>struct kvm_clock_pairing.</summary>
    public const int Pairing = 0x3000;

    /// <summary>struct pvclock_wall_clock.</summary>
    public const int WallClock = 0x3100;

    /// <summary>One cell for each vCPU's last reading of the TSC.</summary>
    public const int Readings = 0x3800;

    /// <summary>One struct pvclock_vcpu_time_info for each vCPU, each in a cache line of its own.</summary>
    public const int ClockPages = 0x4000;

    public const int CacheLine = 64;

    /// <summary>Page tables of 64-bit mode, three levels: one page of 2 MiB, itself.</summary>
    public const int Tables = 0x8000;

    public static int ClockPage(int cpu) => ClockPages + (cpu * CacheLine);

    public static int Reading(int cpu) => Readings + (cpu * CacheLine);
}
