namespace Guestclock.Linux.Kvm.Calls;

/// <summary>ioctl numbers of linux/kvm.h, as compiled on x86-64.</summary>
internal static class KvmRequests
{
    public const nuint GetApiVersion = 0xAE00;
    public const nuint CreateVm = 0xAE01;
    public const nuint CheckExtension = 0xAE03;
    public const nuint GetVcpuMapSize = 0xAE04;
    public const nuint GetSupportedCpuid = 0xC008_AE05;
    public const nuint CreateVcpu = 0xAE41;
    public const nuint SetUserMemoryRegion = 0x4020_AE46;
    public const nuint SetClock = 0x4030_AE7B;
    public const nuint GetClock = 0x8030_AE7C;
    public const nuint Run = 0xAE80;
    public const nuint GetRegs = 0x8090_AE81;
    public const nuint SetRegs = 0x4090_AE82;
    public const nuint GetSregs = 0x8138_AE83;
    public const nuint SetSregs = 0x4138_AE84;
    public const nuint SetMsrs = 0x4008_AE89;
    public const nuint SetCpuid2 = 0x4008_AE90;
    public const nuint SetTscKhz = 0xAEA2;
    public const nuint GetTscKhz = 0xAEA3;
    public const nuint KvmclockCtrl = 0xAEAD;
    public const nuint SetDeviceAttr = 0x4018_AEE1;
    public const nuint GetDeviceAttr = 0x4018_AEE2;

    /// <summary>The request's name in the manual, for sentences.</summary>
    public static string NameOf(nuint request) => request switch
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
