namespace Guestclock.Linux.Kvm.Calls;

/// <summary>ioctl numbers of linux/kvm.h, as compiled on x86-64.</summary>
internal static class KvmRequests
{
    public const uint GetApiVersion = 0xAE00;
    public const uint CreateVm = 0xAE01;
    public const uint CheckExtension = 0xAE03;
    public const uint GetVcpuMapSize = 0xAE04;
    public const uint GetSupportedCpuid = 0xC008_AE05;
    public const uint CreateVcpu = 0xAE41;
    public const uint SetUserMemoryRegion = 0x4020_AE46;
    public const uint SetClock = 0x4030_AE7B;
    public const uint GetClock = 0x8030_AE7C;
    public const uint Run = 0xAE80;
    public const uint GetRegs = 0x8090_AE81;
    public const uint SetRegs = 0x4090_AE82;
    public const uint GetSregs = 0x8138_AE83;
    public const uint SetSregs = 0x4138_AE84;
    public const uint SetMsrs = 0x4008_AE89;
    public const uint SetCpuid2 = 0x4008_AE90;
    public const uint SetTscKhz = 0xAEA2;
    public const uint GetTscKhz = 0xAEA3;
    public const uint KvmclockCtrl = 0xAEAD;
    public const uint SetDeviceAttr = 0x4018_AEE1;
    public const uint GetDeviceAttr = 0x4018_AEE2;

    /// <summary>The request's name in the manual, for sentences.</summary>
    public static string NameOf(uint request) => request switch
    {
        GetApiVersion => "KVM_GET_API_VERSION",
        CreateVm => "KVM_CREATE_VM",
        CheckExtension => "KVM_CHECK_EXTENSION",
        GetVcpuMapSize => "KVM_GET_VCPU_MMAP_SIZE",
        GetSupportedCpuid => "KVM_GET_SUPPORTED_CPUID",
        CreateVcpu => "KVM_CREATE_VCPU",
        SetUserMemoryRegion => "KVM_SET_USER_MEMORY_REGION",
        SetClock => "KVM_SET_CLOCK",
        GetClock => "KVM_GET_CLOCK",
        Run => "KVM_RUN",
        GetRegs => "KVM_GET_REGS",
        SetRegs => "KVM_SET_REGS",
        GetSregs => "KVM_GET_SREGS",
        SetSregs => "KVM_SET_SREGS",
        SetMsrs => "KVM_SET_MSRS",
        SetCpuid2 => "KVM_SET_CPUID2",
        SetTscKhz => "KVM_SET_TSC_KHZ",
        GetTscKhz => "KVM_GET_TSC_KHZ",
        KvmclockCtrl => "KVM_KVMCLOCK_CTRL",
        SetDeviceAttr => "KVM_SET_DEVICE_ATTR",
        GetDeviceAttr => "KVM_GET_DEVICE_ATTR",
        _ => $"ioctl 0x{request:X}",
    };
}
