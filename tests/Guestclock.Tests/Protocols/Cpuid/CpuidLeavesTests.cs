using Guestclock.Protocols.Cpuid;
using Guestclock.Testing;

namespace Guestclock.Tests.Protocols.Cpuid;

/// <summary>Leaves as KVM, QEMU's TCG and hardware answer them.</summary>
public class CpuidLeavesTests
{
    public const string Kvm =
        "00000001.00000000=00a10f11 00020800 f7fa3203 178bfbff\n40000000.00000000=40000001 4b4d564b 564b4d56 0000004d\n"
        + "40000001.00000000=01007efb 00000000 00000000 00000000\n";

    public const string KvmWithHyperV =
        "1.0=0 0 80000000 0\n40000000.0=40000005 7263694d 666f736f 76482074\n40000100.0=40000101 4b4d564b 564b4d56 0000004d\n"
        + "40000101.0=01007efb 0 0 0\n";

    public const string Tcg =
        "00000001.00000000=00060fb1 00010800 80202001 0783fbfd\n40000000.00000000=40000001 54474354 43544743 47435447\n";

    public const string Hardware =
        "00000001.00000000=00050654 16400800 7ffefbff bfebfbff\n00000015.00000000=00000002 000000d0 00000000 00000000\n"
        + "00000016.00000000=00000a28 00000e74 00000064 00000000\n";

    [Theory]
    [InlineData(Kvm, "KVMKVMKVM", true)]
    [InlineData(KvmWithHyperV, "Microsoft Hv KVMKVMKVM", true)]
    [InlineData(Tcg, "TCGTCGTCGTCG", true)]
    [InlineData(Hardware, "", false)]
    public void Finds_interfaces(string text, string signatures, bool hypervisor)
    {
        var leaves = CpuidLeaves.Parse(text);
        Assert.Equal(signatures, string.Join(' ', HypervisorLeaves.Interfaces(leaves).Select(i => i.Signature)));
        Assert.Equal(hypervisor, HypervisorLeaves.HypervisorBit(leaves));
    }

    [Fact]
    public void Finds_KVM_features_at_the_moved_base() =>
        Assert.Equal((0x01007efbu, 0u), HypervisorLeaves.KvmFeatures(CpuidLeaves.Parse(KvmWithHyperV)));

    [Theory]
    [InlineData("40000000.0=40000010 4b4d564b 564b4d56 4d\n40000010.0=0027a31c 000f4240 0 0\n", 2597660L)]
    [InlineData("40000000.0=40000001 4b4d564b 564b4d56 4d\n40000010.0=0027a31c 0 0 0\n", null)]
    [InlineData("15.0=2 d0 16e3600 0\n", 2496000L)]
    [InlineData(Hardware, 2600000L)]
    [InlineData(Kvm, null)]
    [InlineData("15.0=1 ffffffff ffffffff 0\n", null)]
    public void Tells_the_TSC_frequency(string text, long? khz) => Assert.Equal(khz, TscFrequency.Khz(CpuidLeaves.Parse(text)));

    [Fact]
    public void Never_fails_on_any_text() => Fuzz.Text([Kvm, KvmWithHyperV, Hardware], t =>
    {
        var leaves = CpuidLeaves.Parse(t);
        TscFrequency.Khz(leaves);
        HypervisorLeaves.KvmFeatures(leaves);
    });
}
