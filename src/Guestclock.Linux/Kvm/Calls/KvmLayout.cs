namespace Guestclock.Linux.Kvm.Calls;

/// <summary>Sizes and offsets in bytes of the structures of linux/kvm.h and asm/kvm.h on x86-64, and the numbers of their fields that are used.</summary>
internal static class KvmLayout
{
    /// <summary>struct kvm_run, the part that user space reads.</summary>
    internal static class Run
    {
        public const int ImmediateExit = 1;
        public const int ExitReason = 8;
    }

    /// <summary>struct kvm_regs.</summary>
    internal static class Regs
    {
        public const int Size = 144;
        public const int Rax = 0;
        public const int Rbx = 8;
        public const int Rcx = 16;
        public const int Rsi = 32;
        public const int Rdi = 40;
        public const int Rbp = 56;
        public const int R12 = 96;
        public const int R13 = 104;
        public const int R14 = 112;
        public const int R15 = 120;
        public const int Rip = 128;
        public const int Rflags = 136;
    }

    /// <summary>struct kvm_sregs.</summary>
    internal static class Sregs
    {
        public const int Size = 312;
        public const int Cs = 0;

        /// <summary>ds, es, fs, gs and ss follow one another.</summary>
        public const int Ds = 24;
        public const int DataSegments = 5;
        public const int Cr0 = 224;
        public const int Cr3 = 240;
        public const int Cr4 = 248;
        public const int Efer = 264;
    }

    /// <summary>struct kvm_segment.</summary>
    internal static class Segment
    {
        public const int Size = 24;
        public const int Base = 0;
        public const int Limit = 8;
        public const int Selector = 12;
        public const int Type = 14;
        public const int Present = 15;
        public const int Default32 = 17;
        public const int IsCodeOrData = 18;
        public const int Long = 19;
        public const int Granularity = 20;
    }

    /// <summary>struct kvm_cpuid2 and its entries.</summary>
    internal static class Cpuid2
    {
        public const int Count = 0;
        public const int Entries = 8;
        public const int EntrySize = 40;
        public const int Function = 0;
        public const int Index = 4;
        public const int Eax = 12;
        public const int Ebx = 16;
        public const int Ecx = 20;
        public const int Edx = 24;
    }

    /// <summary>struct kvm_msrs with one entry.</summary>
    internal static class OneMsr
    {
        public const int Size = 24;
        public const int Count = 0;
        public const int Index = 8;
        public const int Data = 16;
    }

    /// <summary>struct kvm_userspace_memory_region.</summary>
    internal static class MemoryRegion
    {
        public const int Size = 32;
        public const int GuestAddress = 8;
        public const int MemorySize = 16;
        public const int UserAddress = 24;
    }

    /// <summary>struct kvm_device_attr; group KVM_VCPU_TSC_CTRL and attribute KVM_VCPU_TSC_OFFSET are both 0.</summary>
    internal static class DeviceAttr
    {
        public const int Size = 24;
        public const int Address = 16;
    }
}
