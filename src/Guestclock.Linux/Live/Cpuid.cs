using System.Runtime.Intrinsics.X86;
using System.Text;
using Guestclock.Facts;
using Guestclock.Machines;

namespace Guestclock.Linux.Live;

/// <summary>
/// <see cref="Questions.Cpuid"/> by the instruction itself, on the CPU that runs this thread. Every leaf is an exit to the hypervisor, so
/// few are asked.
/// </summary>
public sealed class Cpuid : IAnswerer
{
    /// <summary>Hypervisors put their leaves at 0x40000000 or some steps of 0x100 above, after those of an interface that they
    /// imitate.</summary>
    private const uint FirstBase = 0x4000_0000;
    private const uint Step = 0x100;
    private const int MostBases = 8;

    public bool Answers(string name) => name == Questions.Cpuid;

    public Fact<byte[]> Answer(Question question)
    {
        if (!X86Base.IsSupported)
            return Fact.Unknown<byte[]>(FactState.Unsupported, question.Name, "this processor has no CPUID");
        var text = new StringBuilder();
        var highest = Leaf(text, 0).Eax;
        var features = Leaf(text, 1);
        foreach (var leaf in (uint[])[6, 7, 0x15, 0x16])
        {
            if (leaf <= highest)
                Leaf(text, leaf);
        }

        if ((features.Ecx & 0x8000_0000) != 0)
            Hypervisors(text);
        var highestExtended = Leaf(text, 0x8000_0000).Eax;
        foreach (var leaf in (uint[])[0x8000_0001, 0x8000_0007, 0x8000_0008])
        {
            if (leaf <= highestExtended)
                Leaf(text, leaf);
        }

        return Fact.Known(Encoding.ASCII.GetBytes(text.ToString()), question.Name);
    }

    private static void Hypervisors(StringBuilder text)
    {
        for (var i = 0; i < MostBases; i++)
        {
            var start = FirstBase + ((uint)i * Step);
            var (eax, ebx, ecx, edx) = Ask(start, 0);
            if (!IsSignature(ebx) || (eax != 0 && (eax < start || eax >= start + Step)))
                return;
            Line(text, start, 0, eax, ebx, ecx, edx);
            // KVM once said 0 for "up to the next leaf" (Documentation/virt/kvm/x86/cpuid.rst).
            var highest = eax == 0 ? start + 1 : eax;
            for (var leaf = start + 1; leaf <= Math.Min(highest, start + 6); leaf++)
                Leaf(text, leaf);
            if (ebx == Xen && highest >= start + 3)
            {
                Line(text, start + 3, 1);
                Line(text, start + 3, 2);
            }

            if (highest >= start + 0x10)
                Leaf(text, start + 0x10);
            if (ebx != Microsoft)
                return;
        }
    }

    // The first four letters of "Microsoft Hv" and "XenVMMXenVMM".
    private const uint Microsoft = 0x7263_694D;
    private const uint Xen = 0x566E_6558;

    /// <summary>Four printable letters; leaves that are not there hold zeros or what the highest basic leaf holds.</summary>
    private static bool IsSignature(uint word)
    {
        for (; word != 0; word >>= 8)
        {
            if ((word & 0xFF) is < 0x20 or > 0x7E)
                return false;
            if (word <= 0xFF)
                return true;
        }

        return false;
    }

    private static (uint Eax, uint Ebx, uint Ecx, uint Edx) Leaf(StringBuilder text, uint leaf) => Line(text, leaf, 0);

    private static (uint Eax, uint Ebx, uint Ecx, uint Edx) Line(StringBuilder text, uint leaf, uint subLeaf)
    {
        var (eax, ebx, ecx, edx) = Ask(leaf, subLeaf);
        Line(text, leaf, subLeaf, eax, ebx, ecx, edx);
        return (eax, ebx, ecx, edx);
    }

    private static void Line(StringBuilder text, uint leaf, uint subLeaf, uint eax, uint ebx, uint ecx, uint edx) =>
        text.Append($"{leaf:x8}.{subLeaf:x8}={eax:x8} {ebx:x8} {ecx:x8} {edx:x8}\n");

    private static (uint Eax, uint Ebx, uint Ecx, uint Edx) Ask(uint leaf, uint subLeaf)
    {
        var (eax, ebx, ecx, edx) = X86Base.CpuId(unchecked((int)leaf), unchecked((int)subLeaf));
        return unchecked(((uint)eax, (uint)ebx, (uint)ecx, (uint)edx));
    }
}
