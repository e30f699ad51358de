using Guestclock.Facts;
using Guestclock.Machines;
using Guestclock.Probes;
using Guestclock.Testing;
using Guestclock.Tests.Formats;
using Guestclock.Tests.Protocols.Cpuid;

namespace Guestclock.Tests.Probes;

public class IdentityProbeTests
{
    private const string Uname = "sysname=Linux\nrelease=6.1.0-30-amd64\nversion=#1\nmachine=x86_64\nnodename=some\n";

    public static TheoryData<string, MemoryMachine, Hypervisor, string> Machines => new()
    {
        { "KVM guest", Live().Answer(Questions.Cpuid, CpuidLeavesTests.Kvm), Hypervisor.Kvm, "KvmGuest" },
        { "KVM guest with Hyper-V enlightenments", Live().Answer(Questions.Cpuid, CpuidLeavesTests.KvmWithHyperV), Hypervisor.Kvm,
            "KvmGuest" },
        { "nested host", Live().Answer(Questions.Cpuid, CpuidLeavesTests.Kvm).Special("/dev/kvm", EntryKind.CharacterDevice),
            Hypervisor.Kvm, "KvmGuest KvmHost" },
        { "emulated", Live().Answer(Questions.Cpuid, CpuidLeavesTests.Tcg), Hypervisor.Tcg, "OtherGuest" },
        { "hardware", Live().Answer(Questions.Cpuid, CpuidLeavesTests.Hardware), Hypervisor.None, "BareMetal" },
        { "KVM host", Live().Answer(Questions.Cpuid, CpuidLeavesTests.Hardware).Special("/dev/kvm", EntryKind.CharacterDevice),
            Hypervisor.None, "BareMetal KvmHost" },
        { "hidden KVM", Live().Answer(Questions.Cpuid, "1.0=0 0 80000000 0\n").File("/sys/class/dmi/id/sys_vendor", "QEMU\n"),
            Hypervisor.Kvm, "KvmGuest" },
        { "VirtualBox shows KVM's leaves",
            Live().Answer(Questions.Cpuid, CpuidLeavesTests.Kvm).File("/sys/class/dmi/id/product_name", "VirtualBox\n"),
            Hypervisor.VirtualBox, "VirtualBoxGuest" },
        { "Amazon bare metal",
            Live().Answer(Questions.Cpuid, CpuidLeavesTests.Hardware).File("/sys/class/dmi/id/sys_vendor",
            "Amazon EC2\n").File("/sys/class/dmi/id/product_name", "m5.metal\n"), Hypervisor.None, "BareMetal" },
        { "Xen dom0", Live().File("/sys/hypervisor/type", "xen\n").File("/proc/xen/capabilities", "control_d\n"), Hypervisor.Xen,
            "XenDom0" },
        { "Xen guest", Live().File("/sys/hypervisor/type", "xen\n").File("/sys/hypervisor/properties/features", "00002705\n"),
            Hypervisor.Xen, "XenGuest" },
        { "container engine's file in a virtual machine",
            Live().Answer(Questions.Cpuid, CpuidLeavesTests.Kvm).File("/.dockerenv", "").File("/proc/2/comm", "kthreadd\n"), Hypervisor.Kvm,
            "KvmGuest" },
        { "container", Live().Answer(Questions.Cpuid, CpuidLeavesTests.Kvm).File("/.dockerenv", ""), Hypervisor.Kvm, "KvmGuest Container" },
        { "arm64 with the kernel's word",
            Live().Answer(Questions.KernelLog,
            "complete=yes\n0.000000 smccc: KVM: hypervisor services detected (0x00000000 0x00000000 0x00000000 0x00000003)\n"),
            Hypervisor.Kvm, "KvmGuest" },
        { "no CPUID, DMI of Hyper-V",
            Live().File("/sys/class/dmi/id/product_name", "Virtual Machine\n").File("/sys/class/dmi/id/sys_vendor",
            "Microsoft Corporation\n"), Hypervisor.HyperV, "HyperVGuest" },
        { "single-board computer", Live().File("/sys/firmware/devicetree/base/compatible", "raspberrypi,4-model-b\0brcm,bcm2711\0"),
            Hypervisor.None, "BareMetal" },
        { "arm64 server", Live().File("/sys/class/dmi/id/sys_vendor", "GIGABYTE\n"), Hypervisor.None, "BareMetal" },
        { "image that logged its hypervisor",
            Image().File("/var/log/dmesg", "[    0.000000] Linux version 5\n[    0.000000] Hypervisor detected: KVM\n"), Hypervisor.Kvm,
            "KvmGuest" },
    };

    [Theory]
    [MemberData(nameof(Machines))]
    public void Tells_what_it_runs_on(string name, MemoryMachine machine, Hypervisor hypervisor, string roles)
    {
        var facts = IdentityProbe.Gather(machine);
        Assert.True(facts.Hypervisor.Is(h => h == hypervisor), $"{name}: {facts.Hypervisor}");
        Assert.Equal(roles, string.Join(' ', facts.Roles.Value!));
    }

    [Fact]
    public void An_image_has_no_role_and_the_newest_kernel()
    {
        var facts = IdentityProbe.Gather(Image().File("/usr/lib/os-release",
            "ID=debian\nVERSION_ID=\"12\"\n").File("/lib/modules/6.1.0-9-amd64/modules.dep", "")
            .File("/lib/modules/6.1.0-30-amd64/modules.dep", "").File("/bin/true",
                ExecutableHeaderTests.Elf(2, 1, 62)).File("/etc/hostname", "image\n"));
        Assert.Equal(FactState.NotRecorded, facts.Roles.State);
        Assert.Equal(("6.1.0-30-amd64", "x86_64", "image", "debian"),
            (facts.KernelRelease.Value, facts.Architecture.Value, facts.Hostname.Value, facts.Os.Value!.Id));
    }

    [Theory]
    [InlineData("/etc/redhat-release", "Red Hat Enterprise Linux Server release 5.4 (Tikanga)\n", "rhel", 5, 4, OsFamily.RedHat)]
    [InlineData("/etc/SuSE-release", "SUSE Linux Enterprise Server 11 (x86_64)\nVERSION = 11\nPATCHLEVEL = 3\n", "sles", 11, 3,
        OsFamily.Suse)]
    [InlineData("/etc/debian_version", "6.0.10\n", "debian", 6, 0, OsFamily.Debian)]
    [InlineData("/etc/lsb-release", "DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=8.04\n", "ubuntu", 8, 4, OsFamily.Debian)]
    [InlineData("/etc/os-release", "ID=\"ol\"\nVERSION_ID=\"8.9\"\nID_LIKE=\"fedora\"\n", "ol", 8, 9, OsFamily.RedHat)]
    public void Names_the_system(string path, string text, string id, int major, int minor, OsFamily family)
    {
        var os = IdentityProbe.Gather(Image().File(path, text)).Os.Value!;
        Assert.Equal((id, major, minor, family), (os.Id, os.Major!.Value, os.Minor!.Value, os.Family));
    }

    [Fact]
    public void CentOS_gets_its_minor_version() =>
        Assert.Equal("7.9.2009",
            IdentityProbe.Gather(Image().File("/etc/os-release", "ID=\"centos\"\nVERSION_ID=\"7\"\n").File("/etc/centos-release",
            "CentOS Linux release 7.9.2009 (Core)\n")).Os.Value!.VersionId);

    [Fact]
    public void A_windows_tree_is_windows()
    {
        var facts = IdentityProbe.Gather(Image().File("/WINDOWS/system32/smss.exe", "MZ")
            .File("/boot.ini", "[operating systems]\n"
                + "multi(0)disk(0)rdisk(0)partition(1)\\WINDOWS=\"Windows Server 2003, Standard\" /fastdetect\n"));
        Assert.Equal(("windows", "5.2", OsFamily.Windows), (facts.Os.Value!.Id, facts.Os.Value.VersionId, facts.Os.Value.Family));
        Assert.Equal(FactState.NotRecorded, facts.Roles.State);
    }

    [Fact]
    public void An_empty_root_gives_facts_that_say_why()
    {
        var facts = IdentityProbe.Gather(Image());
        foreach (IFact fact in new IFact[] { facts.Hostname, facts.Os, facts.KernelRelease, facts.Architecture, facts.Hypervisor,
            facts.Roles, facts.IsRoot })
            Assert.False(fact.IsKnown || string.IsNullOrEmpty(fact.Why), fact.ToString());
    }

    private static MemoryMachine Live() => new MemoryMachine().Answer(Questions.Uname, Uname);

    private static MemoryMachine Image() => new() { IsLive = false, Absent = FactState.NotRecorded };
}
