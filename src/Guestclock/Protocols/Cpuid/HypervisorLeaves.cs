using System.Buffers.Binary;
using System.Text;

namespace Guestclock.Protocols.Cpuid;

/// <summary>
/// The leaves from 0x40000000 on, which hypervisors answer and processors do not. Each interface starts at a multiple of 0x100:
/// a guest with Hyper-V enlightenments sees "Microsoft Hv" first and its real hypervisor's leaves at 0x40000100
/// (Linux: arch/x86/include/asm/cpuid/api.h, cpuid_base_hypervisor; QEMU: target/i386/kvm/kvm.c, kvm_base).
/// </summary>
public static class HypervisorLeaves
{
    public const string Kvm = "KVMKVMKVM";
    public const string HyperV = "Microsoft Hv";
    public const string Vmware = "VMwareVMware";
    public const string Xen = "XenVMMXenVMM";
    public const string VirtualBox = "VBoxVBoxVBox";
    public const string Tcg = "TCGTCGTCGTCG";
    public const string Bhyve = "bhyve bhyve";

    private const uint First = 0x4000_0000;
    private const uint Last = 0x4001_0000;

    /// <summary>Bit 31 of ECX of leaf 1: set by hypervisors, always 0 on hardware. Null where leaf 1 is not known.</summary>
    public static bool? HypervisorBit(CpuidLeaves leaves) => leaves.Find(1) is { } one ? (one.Ecx & 0x8000_0000) != 0 : null;

    /// <summary>Every interface that is offered: its signature without trailing NULs and spaces, and its first leaf.</summary>
    public static IReadOnlyList<(string Signature, uint Base)> Interfaces(CpuidLeaves leaves)
    {
        var found = new List<(string, uint)>();
        // Without a hypervisor these leaves repeat the data of the highest basic leaf (Intel SDM).
        if (HypervisorBit(leaves) == false)
            return found;
        for (var leaf = First; leaf < Last; leaf += 0x100)
        {
            if (leaves.Find(leaf) is { } registers && Signature(registers) is { Length: > 0 } signature
                && !found.Any(f => f.Item1 == signature))
                found.Add((signature, leaf));
        }

        return found;
    }

    /// <summary>EAX (features) and EDX (hints) of KVM's leaf 1 past its base; null where KVM shows no leaves.</summary>
    public static (uint Features, uint Hints)? KvmFeatures(CpuidLeaves leaves)
    {
        foreach (var (signature, at) in Interfaces(leaves))
        {
            if (signature == Kvm && leaves.Find(at + 1) is { } registers)
                return (registers.Eax, registers.Edx);
        }

        return null;
    }

    private static string Signature(CpuidRegisters registers)
    {
        Span<byte> bytes = stackalloc byte[12];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, registers.Ebx);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], registers.Ecx);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], registers.Edx);
        bytes = bytes.TrimEnd((byte)0);
        return bytes.ContainsAnyExceptInRange((byte)' ', (byte)'~') ? "" : Encoding.ASCII.GetString(bytes).Trim();
    }
}
