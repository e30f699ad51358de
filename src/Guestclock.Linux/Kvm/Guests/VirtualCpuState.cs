using System.Buffers.Binary;
using Guestclock.Facts;
using Guestclock.Linux.Kvm.Calls;

namespace Guestclock.Linux.Kvm.Guests;

/// <summary>What is set of a vCPU and read from it while it does not run.</summary>
internal sealed unsafe class VirtualCpuState(KvmSystem system, int descriptor)
{
    /// <summary>KVM_SYSTEM_TIME_NEW and KVM_WALL_CLOCK_NEW of asm/kvm_para.h: the guest's physical address, for the former with bit 0.</summary>
    public const uint SystemTimeMsr = 0x4B56_4D01;
    public const uint WallClockMsr = 0x4B56_4D00;

    /// <summary>Reserved bit of RFLAGS that is always set; interrupts are off.</summary>
    private const ulong Rflags = 2;

    /// <summary>The CPUID that KVM supports, with its own leaves: without them the guest has neither 64-bit mode nor a clock.</summary>
    public void SetCpuid() => system.Call(descriptor, KvmRequests.SetCpuid2, system.Cpuid);

    /// <summary>64-bit mode with the page tables at <see cref="GuestLayout.Tables"/>.</summary>
    public void EnterLongMode()
    {
        var sregs = new byte[KvmLayout.Sregs.Size];
        system.Call(descriptor, KvmRequests.GetSregs, sregs);
        LongMode.Write(sregs);
        system.Call(descriptor, KvmRequests.SetSregs, sregs);
    }

    /// <summary>All other registers become 0, the next instruction is the first of the code.</summary>
    public void SetRegisters(ulong rax = 0, ulong rbx = 0, ulong rsi = 0, ulong rdi = 0)
    {
        Span<byte> regs = stackalloc byte[KvmLayout.Regs.Size];
        regs.Clear();
        Put(regs, KvmLayout.Regs.Rax, rax);
        Put(regs, KvmLayout.Regs.Rbx, rbx);
        Put(regs, KvmLayout.Regs.Rsi, rsi);
        Put(regs, KvmLayout.Regs.Rdi, rdi);
        Put(regs, KvmLayout.Regs.Rip, GuestLayout.Code);
        Put(regs, KvmLayout.Regs.Rflags, Rflags);
        system.Call(descriptor, KvmRequests.SetRegs, regs);
    }

    /// <summary>struct kvm_regs; <see cref="KvmLayout.Regs"/> has the places.</summary>
    public byte[] Registers()
    {
        var regs = new byte[KvmLayout.Regs.Size];
        system.Call(descriptor, KvmRequests.GetRegs, regs);
        return regs;
    }

    public void SetMsr(uint index, ulong value)
    {
        Span<byte> msrs = stackalloc byte[KvmLayout.OneMsr.Size];
        msrs.Clear();
        msrs[KvmLayout.OneMsr.Count] = 1;
        BinaryPrimitives.WriteUInt32LittleEndian(msrs[KvmLayout.OneMsr.Index..], index);
        Put(msrs, KvmLayout.OneMsr.Data, value);
        if (system.Call(descriptor, KvmRequests.SetMsrs, msrs) != 1)
            throw new KvmException(FactState.Unsupported, $"KVM_SET_MSRS refuses 0x{index:x}");
    }

    public long GetTscKhz() => system.Call(descriptor, KvmRequests.GetTscKhz, 0);

    public void SetTscKhz(long khz) => system.Call(descriptor, KvmRequests.SetTscKhz, (nint)khz);

    /// <summary>KVM_VCPU_TSC_OFFSET: guest TSC − host TSC where it is not scaled.</summary>
    public long GetTscOffset()
    {
        long offset;
        Attribute(KvmRequests.GetDeviceAttr, &offset);
        return offset;
    }

    public void SetTscOffset(long offset) => Attribute(KvmRequests.SetDeviceAttr, &offset);

    /// <summary>KVM_KVMCLOCK_CTRL: tells the guest that it had been stopped.</summary>
    public void TellStopped() => system.Call(descriptor, KvmRequests.KvmclockCtrl, 0);

    private void Attribute(uint request, long* value)
    {
        Span<byte> attribute = stackalloc byte[KvmLayout.DeviceAttr.Size];
        attribute.Clear();
        Put(attribute, KvmLayout.DeviceAttr.Address, (ulong)value);
        system.Call(descriptor, request, attribute);
    }

    private static void Put(Span<byte> bytes, int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(bytes[at..], value);
}
