using System.Runtime.InteropServices;
using Guestclock.Linux.Kvm.Calls;
using Guestclock.Linux.Live;
using Guestclock.Linux.Live.Devices;
using Guestclock.Linux.Native;
using Guestclock.Protocols.Ptp;
using Guestclock.Protocols.PvClock;
using Guestclock.Protocols.Timestamping;
using Guestclock.Protocols.VmClock;

namespace Guestclock.Linux.Tests.Native;

/// <summary>Numbers, sizes and offsets that this program uses, compared with the kernel's own headers by small C programs.</summary>
public class HeaderTests
{
    [Fact]
    public void PTP_clocks() => CProgram.Same(["linux/ptp_clock.h"],
    [
        ("PTP_CLOCK_GETCAPS", PtpIoctl.GetCaps),
        ("PTP_SYS_OFFSET", PtpIoctl.SysOffset),
        ("PTP_SYS_OFFSET_PRECISE", PtpIoctl.SysOffsetPrecise),
        ("PTP_SYS_OFFSET_EXTENDED", PtpIoctl.SysOffsetExtended),
        ("PTP_MAX_SAMPLES", PtpIoctl.MaxSamples),
        ("sizeof(struct ptp_clock_caps)", PtpCaps.Size),
        ("offsetof(struct ptp_clock_caps, cross_timestamping)", 24),
        ("sizeof(struct ptp_clock_time)", PtpClockTime.Size),
        ("offsetof(struct ptp_clock_time, nsec)", 8),
        ("sizeof(struct ptp_sys_offset)", PtpSysOffset.Size),
        ("offsetof(struct ptp_sys_offset, ts)", 16),
        ("sizeof(struct ptp_sys_offset_extended)", PtpSysOffsetExtended.Size),
        ("offsetof(struct ptp_sys_offset_extended, ts)", 16),
        ("sizeof(struct ptp_sys_offset_precise)", PtpSysOffsetPrecise.Size),
        ("offsetof(struct ptp_sys_offset_precise, sys_realtime)", 16),
    ]);

    [Fact]
    public void Real_time_clocks() => CProgram.Same(["linux/rtc.h", "sys/ioctl.h"],
    [
        ("RTC_RD_TIME", (long)RtcIoctl.ReadTime),
        ("RTC_UIE_ON", (long)RtcIoctl.UpdateInterruptOn),
        ("RTC_UIE_OFF", (long)RtcIoctl.UpdateInterruptOff),
        ("sizeof(struct rtc_time)", 9 * sizeof(int)),
        ("offsetof(struct rtc_time, tm_year)", 5 * sizeof(int)),
    ]);

    [Fact]
    public void The_kernels_clock_discipline() => CProgram.Same(["sys/timex.h"],
    [
        ("sizeof(struct timex)", Adjtimex.TimexBytes),
        .. Adjtimex.Ints.Concat(Adjtimex.Longs).Select(f => ($"offsetof(struct timex, {f.Name})", (long)f.Offset)),
    ]);

    [Fact]
    public void Time_stamps_of_datagrams() => CProgram.Same(["time.h", "poll.h", "sys/socket.h", "sys/uio.h", "linux/net_tstamp.h", "linux/errqueue.h"],
    [
        ("SOL_SOCKET", SocketTimestamps.SocketLevel),
        ("SO_TIMESTAMPING", SocketTimestamps.Timestamping),
        ("SCM_TIMESTAMPING", SocketTimestamps.Timestamping),
        ("SOF_TIMESTAMPING_TX_SOFTWARE | SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE | SOF_TIMESTAMPING_OPT_TSONLY", SocketTimestamps.Flags),
        ("MSG_ERRQUEUE", SocketTimestamps.ErrorQueue),
        ("MSG_DONTWAIT", 0x40),
        ("POLLIN", 1),
        ("POLLERR", 8),
        ("sizeof(struct cmsghdr)", SocketTimestamps.HeaderBytes),
        ("offsetof(struct cmsghdr, cmsg_level)", 8),
        ("offsetof(struct cmsghdr, cmsg_type)", 12),
        ("sizeof(struct scm_timestamping)", SocketTimestamps.TimesBytes),
        ("sizeof(struct msghdr)", Marshal.SizeOf<MessageHeader>()),
        ("offsetof(struct msghdr, msg_iov)", Offset<MessageHeader>(nameof(MessageHeader.Parts))),
        ("offsetof(struct msghdr, msg_iovlen)", Offset<MessageHeader>(nameof(MessageHeader.PartCount))),
        ("offsetof(struct msghdr, msg_control)", Offset<MessageHeader>(nameof(MessageHeader.Control))),
        ("offsetof(struct msghdr, msg_controllen)", Offset<MessageHeader>(nameof(MessageHeader.ControlBytes))),
        ("offsetof(struct msghdr, msg_flags)", Offset<MessageHeader>(nameof(MessageHeader.Flags))),
        ("sizeof(struct iovec)", Marshal.SizeOf<MessagePart>()),
    ]);

    [Fact]
    public void Requests_to_KVM_and_its_clock() => CProgram.Same(["linux/kvm.h"],
    [
        ("KVM_GET_API_VERSION", (long)KvmRequests.GetApiVersion),
        ("KVM_CREATE_VM", (long)KvmRequests.CreateVm),
        ("KVM_CHECK_EXTENSION", (long)KvmRequests.CheckExtension),
        ("KVM_GET_VCPU_MMAP_SIZE", (long)KvmRequests.GetVcpuMapSize),
        ("KVM_GET_SUPPORTED_CPUID", (long)KvmRequests.GetSupportedCpuid),
        ("KVM_CREATE_VCPU", (long)KvmRequests.CreateVcpu),
        ("KVM_SET_USER_MEMORY_REGION", (long)KvmRequests.SetUserMemoryRegion),
        ("KVM_SET_CLOCK", (long)KvmRequests.SetClock),
        ("KVM_GET_CLOCK", (long)KvmRequests.GetClock),
        ("KVM_RUN", (long)KvmRequests.Run),
        ("KVM_GET_REGS", (long)KvmRequests.GetRegs),
        ("KVM_SET_REGS", (long)KvmRequests.SetRegs),
        ("KVM_GET_SREGS", (long)KvmRequests.GetSregs),
        ("KVM_SET_SREGS", (long)KvmRequests.SetSregs),
        ("KVM_SET_MSRS", (long)KvmRequests.SetMsrs),
        ("KVM_SET_CPUID2", (long)KvmRequests.SetCpuid2),
        ("KVM_SET_TSC_KHZ", (long)KvmRequests.SetTscKhz),
        ("KVM_GET_TSC_KHZ", (long)KvmRequests.GetTscKhz),
        ("KVM_KVMCLOCK_CTRL", (long)KvmRequests.KvmclockCtrl),
        ("KVM_SET_DEVICE_ATTR", (long)KvmRequests.SetDeviceAttr),
        ("KVM_GET_DEVICE_ATTR", (long)KvmRequests.GetDeviceAttr),
        ("KVM_CLOCK_TSC_STABLE", Linux.Kvm.Calls.KvmClockData.Stable),
        ("KVM_CLOCK_REALTIME", Linux.Kvm.Calls.KvmClockData.HasRealtime),
        ("KVM_CLOCK_HOST_TSC", Linux.Kvm.Calls.KvmClockData.HasHostTsc),
        ("sizeof(struct kvm_clock_data)", Marshal.SizeOf<Linux.Kvm.Calls.KvmClockData>()),
        ("offsetof(struct kvm_clock_data, flags)", Offset<Linux.Kvm.Calls.KvmClockData>("Flags")),
        ("offsetof(struct kvm_clock_data, realtime)", Offset<Linux.Kvm.Calls.KvmClockData>("Realtime")),
        ("offsetof(struct kvm_clock_data, host_tsc)", Offset<Linux.Kvm.Calls.KvmClockData>("HostTsc")),
    ]);

    [Fact]
    public void Structures_of_KVM() => CProgram.Same(["linux/kvm.h"],
    [
        ("offsetof(struct kvm_run, immediate_exit)", KvmLayout.Run.ImmediateExit),
        ("offsetof(struct kvm_run, exit_reason)", KvmLayout.Run.ExitReason),
        ("KVM_EXIT_HLT", ExitReason.Halted),
        ("sizeof(struct kvm_regs)", KvmLayout.Regs.Size),
        .. Offsets("struct kvm_regs", ("rax", KvmLayout.Regs.Rax), ("rbx", KvmLayout.Regs.Rbx), ("rcx", KvmLayout.Regs.Rcx), ("rsi", KvmLayout.Regs.Rsi),
            ("rdi", KvmLayout.Regs.Rdi), ("rbp", KvmLayout.Regs.Rbp), ("r12", KvmLayout.Regs.R12), ("r13", KvmLayout.Regs.R13), ("r14", KvmLayout.Regs.R14),
            ("r15", KvmLayout.Regs.R15), ("rip", KvmLayout.Regs.Rip), ("rflags", KvmLayout.Regs.Rflags)),
        ("sizeof(struct kvm_sregs)", KvmLayout.Sregs.Size),
        .. Offsets("struct kvm_sregs", ("cs", KvmLayout.Sregs.Cs), ("ds", KvmLayout.Sregs.Ds), ("ss", KvmLayout.Sregs.Ds + ((KvmLayout.Sregs.DataSegments - 1) * KvmLayout.Segment.Size)),
            ("cr0", KvmLayout.Sregs.Cr0), ("cr3", KvmLayout.Sregs.Cr3), ("cr4", KvmLayout.Sregs.Cr4), ("efer", KvmLayout.Sregs.Efer)),
        ("sizeof(struct kvm_segment)", KvmLayout.Segment.Size),
        .. Offsets("struct kvm_segment", ("base", KvmLayout.Segment.Base), ("limit", KvmLayout.Segment.Limit), ("selector", KvmLayout.Segment.Selector),
            ("type", KvmLayout.Segment.Type), ("present", KvmLayout.Segment.Present), ("db", KvmLayout.Segment.Default32), ("s", KvmLayout.Segment.IsCodeOrData),
            ("l", KvmLayout.Segment.Long), ("g", KvmLayout.Segment.Granularity)),
        ("offsetof(struct kvm_cpuid2, nent)", KvmLayout.Cpuid2.Count),
        ("offsetof(struct kvm_cpuid2, entries)", KvmLayout.Cpuid2.Entries),
        ("sizeof(struct kvm_cpuid_entry2)", KvmLayout.Cpuid2.EntrySize),
        .. Offsets("struct kvm_cpuid_entry2", ("function", KvmLayout.Cpuid2.Function), ("index", KvmLayout.Cpuid2.Index), ("eax", KvmLayout.Cpuid2.Eax),
            ("ebx", KvmLayout.Cpuid2.Ebx), ("ecx", KvmLayout.Cpuid2.Ecx), ("edx", KvmLayout.Cpuid2.Edx)),
        ("sizeof(struct kvm_msrs) + sizeof(struct kvm_msr_entry)", KvmLayout.OneMsr.Size),
        ("offsetof(struct kvm_msrs, nmsrs)", KvmLayout.OneMsr.Count),
        ("sizeof(struct kvm_msrs) + offsetof(struct kvm_msr_entry, index)", KvmLayout.OneMsr.Index),
        ("sizeof(struct kvm_msrs) + offsetof(struct kvm_msr_entry, data)", KvmLayout.OneMsr.Data),
        ("sizeof(struct kvm_userspace_memory_region)", KvmLayout.MemoryRegion.Size),
        .. Offsets("struct kvm_userspace_memory_region", ("guest_phys_addr", KvmLayout.MemoryRegion.GuestAddress), ("memory_size", KvmLayout.MemoryRegion.MemorySize),
            ("userspace_addr", KvmLayout.MemoryRegion.UserAddress)),
        ("sizeof(struct kvm_device_attr)", KvmLayout.DeviceAttr.Size),
        ("offsetof(struct kvm_device_attr, addr)", KvmLayout.DeviceAttr.Address),
        ("KVM_VCPU_TSC_CTRL", 0),
        ("KVM_VCPU_TSC_OFFSET", 0),
    ]);

    /// <summary>Its header is not for programs: the structure is that of Documentation/virt/kvm/x86/msr.rst, filled by C and read by us.</summary>
    [Fact]
    public void The_pvclock_structure()
    {
        var page = Convert.FromHexString(CProgram.Output([], """
            #include <stdint.h>
            #include <stdio.h>
            struct { uint32_t version, pad0; uint64_t tsc_timestamp, system_time; uint32_t tsc_to_system_mul; int8_t tsc_shift; uint8_t flags, pad[2]; }
                __attribute__((packed)) page = { 6, 0, 0x1112131415161718, 0x2122232425262728, 0xC537A69A, -1, 3 };
            int main(void)
            {
                for (unsigned i = 0; i < sizeof page; i++)
                    printf("%02x", ((unsigned char *)&page)[i]);
                return 0;
            }
            """)[0]);
        Assert.Equal(PvClockPage.Size, page.Length);
        Assert.Equal(new(6, 0x1112131415161718, 0x2122232425262728, 0xC537A69A, -1, 3), PvClockPage.Decode(page));
    }

    /// <summary>By linux/vmclock-abi.h where it is installed (Linux 6.13), else by the fields in the order of UAPI.13, laid out by the compiler.</summary>
    [Fact]
    public void The_vmclock_page()
    {
        const string Header = "linux/vmclock-abi.h";
        var fields = CProgram.Has(Header) ? $"#include <{Header}>" : """
            struct vmclock_abi
            {
                uint32_t magic, size; uint16_t version; uint8_t counter_id, time_type; uint32_t seq_count;
                uint64_t disruption_marker, flags; uint8_t pad[2], clock_status, leap_second_smearing_hint; int16_t tai_offset_sec;
                uint8_t leap_indicator, counter_period_shift; uint64_t counter_value;
            };
            """;
        var page = Convert.FromHexString(CProgram.Output([], $$"""
            #include <stddef.h>
            #include <stdint.h>
            #include <stdio.h>
            {{fields}}
            int main(void)
            {
                struct vmclock_abi page = { .magic = 0x4B4C4356, .size = 4096, .version = 1, .counter_id = 1, .time_type = 0, .seq_count = 8,
                    .disruption_marker = 0x1112131415161718, .flags = 5, .clock_status = 2, .tai_offset_sec = -37 };
                for (unsigned i = 0; i < offsetof(struct vmclock_abi, counter_value); i++)
                    printf("%02x", ((unsigned char *)&page)[i]);
                return 0;
            }
            """)[0]);
        Assert.Equal(VmClockPage.LeastSize, page.Length);
        Assert.Equal(new(1, 1, 0, 8, 0x1112131415161718, 5, 2, -37), VmClockPage.Decode(page));
    }

    private static IEnumerable<(string Expression, long Ours)> Offsets(string type, params (string Field, int Ours)[] fields) =>
        fields.Select(f => ($"offsetof({type}, {f.Field})", (long)f.Ours));

    private static long Offset<T>(string field) => Marshal.OffsetOf<T>(field);
}
