using System.Buffers.Binary;
using Guestclock.Linux.Kvm.Calls;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Linux.Kvm;

/// <summary>What struct kvm_cpuid2 of KVM_GET_SUPPORTED_CPUID says about time.</summary>
internal static class CpuidOffers
{
    /// <param name="cpuid">The structure with all its entries.</param>
    /// <param name="hyperVTime">KVM_CAP_HYPERV_TIME.</param>
    public static CpuidOffer Read(ReadOnlySpan<byte> cpuid, bool? hyperVTime)
    {
        var features = Find(cpuid, 0x4000_0001);
        return new(features?.Eax ?? 0, Has(Find(cpuid, 0x8000_0007)?.Edx, 8), Has(Find(cpuid, 1)?.Ecx, 24), Has(Find(cpuid, 7)?.Ebx, 1),
            Has(Find(cpuid, 0x8000_0001)?.Edx, 27), TscKhz(Find(cpuid, 0x15)), hyperVTime);
    }

    /// <summary>The first entry of a leaf: sub-leaf 0 where it has some.</summary>
    public static (uint Eax, uint Ebx, uint Ecx, uint Edx)? Find(ReadOnlySpan<byte> cpuid, uint leaf)
    {
        for (var at = KvmLayout.Cpuid2.Entries; at + KvmLayout.Cpuid2.EntrySize <= cpuid.Length; at += KvmLayout.Cpuid2.EntrySize)
        {
            var entry = cpuid[at..];
            if (Get(entry, KvmLayout.Cpuid2.Function) == leaf && Get(entry, KvmLayout.Cpuid2.Index) == 0)
                return (Get(entry, KvmLayout.Cpuid2.Eax), Get(entry, KvmLayout.Cpuid2.Ebx), Get(entry, KvmLayout.Cpuid2.Ecx), Get(entry, KvmLayout.Cpuid2.Edx));
        }

        return null;
    }

    /// <summary>Crystal Hz × EBX / EAX (Intel SDM volume 2, CPUID); not said where one of them is 0.</summary>
    private static long? TscKhz((uint Eax, uint Ebx, uint Ecx, uint Edx)? leaf) => leaf is { Eax: > 0, Ebx: > 0, Ecx: > 0 } l
        ? (long)(l.Ecx * (ulong)l.Ebx / l.Eax / 1000)
        : null;

    private static bool Has(uint? register, int bit) => register is { } value && (value >> bit & 1) != 0;

    private static uint Get(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
