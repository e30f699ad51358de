using Guestclock.Formats;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats;

/// <summary>/proc/cpuinfo of several architectures, cut to the lines that are read.</summary>
public class CpuInfoTextTests
{
    public const string Amd = """
        processor	: 0
        vendor_id	: AuthenticAMD
        cpu family	: 25
        model		: 17
        model name	: AMD EPYC
        stepping	: 1
        microcode	: 0x1000065
        cpu MHz		: 2596.132
        flags		: fpu tsc msr constant_tsc rep_good nopl nonstop_tsc tsc_known_freq hypervisor

        processor	: 1
        vendor_id	: AuthenticAMD
        cpu family	: 25
        flags		: fpu tsc msr constant_tsc rep_good nopl nonstop_tsc tsc_known_freq hypervisor

        """;

    public const string Arm64 =
        "processor\t: 0\nBogoMIPS\t: 243.75\nFeatures\t: fp asimd evtstrm aes atomics\nCPU implementer\t: 0x41\nCPU architecture: 8\n"
        + "CPU variant\t: 0x3\nCPU part\t: 0xd0c\nCPU revision\t: 1\n\n";

    private const string Arm32 =
        "Processor\t: ARMv7 Processor rev 4 (v7l)\nprocessor\t: 0\nBogoMIPS\t: 38.40\n\nprocessor\t: 1\nBogoMIPS\t: 38.40\n\n"
        + "Features\t: half thumb\nHardware\t: BCM2709\n";

    private const string S390 =
        "vendor_id       : IBM/S390\n# processors    : 2\nfeatures\t: esan3 zarch stfle\n"
        + "processor 0: version = FF,  identification = 0133E8,  machine = 2964\n"
        + "processor 1: version = FF,  identification = 1133E8,  machine = 2964\n";

    private const string Power =
        "processor\t: 0\ncpu\t\t: POWER9, altivec supported\nclock\t\t: 2902.000000MHz\nrevision\t: 2.2\n\ntimebase\t: 512000000\n"
        + "platform\t: PowerNV\n";

    [Theory]
    [InlineData(Amd, 2, "vendor_id", "AuthenticAMD")]
    [InlineData(Arm64, 1, "CPU part", "0xd0c")]
    [InlineData(Arm32, 2, "Processor", "ARMv7 Processor rev 4 (v7l)")]
    [InlineData(S390, 2, "machine", "2964")]
    [InlineData(S390, 2, "features", "esan3 zarch stfle")]
    [InlineData(Power, 1, "cpu", "POWER9, altivec supported")]
    public void Reads_every_architecture(string text, int cpus, string name, string value)
    {
        var blocks = CpuInfoText.Parse(text);
        Assert.Equal(cpus, blocks.Count);
        Assert.Equal(value, blocks[0].Find(name));
    }

    [Fact]
    public void Flags_of_each_CPU() => Assert.Contains("nonstop_tsc", CpuInfoText.Words(CpuInfoText.Parse(Amd)[1].Find("flags")));

    [Theory]
    [InlineData("")]
    [InlineData("hello\nworld: x\n")]
    [InlineData("processor: x86\n")]
    public void Refuses_what_names_no_CPU(string text) => Assert.Throws<MalformedInputException>(() => CpuInfoText.Parse(text));

    [Fact]
    public void Refuses_more_CPUs_than_exist() =>
        Assert.Throws<MalformedInputException>(() =>
            CpuInfoText.Parse(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"processor : {i}\n"))));

    [Fact]
    public void Never_fails_on_any_text() => Fuzz.Text([Amd, Arm64, Arm32, S390, Power], t => CpuInfoText.Parse(t));
}
