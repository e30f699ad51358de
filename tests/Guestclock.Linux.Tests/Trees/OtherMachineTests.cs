using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Judging;

namespace Guestclock.Linux.Tests.Trees;

/// <summary>Xen, Hyper-V, VMware, VirtualBox, clouds, microVMs, arm64, emulation, hardware and containers.</summary>
public class OtherMachineTests
{
    private const string Invariant = "constant_tsc nonstop_tsc tsc_known_freq hypervisor";

    [Fact]
    public void Hardware_is_ok() => Family.Disk("Fedora").On("constant_tsc nonstop_tsc tsc_adjust", "", "tsc", "tsc hpet acpi_pm")
        .Dmi("LENOVO", "20XW").Chronyd().Judged().IsOk().HasRoles(Role.BareMetal)
        .Has(CheckStatus.NotApplicable, "step-policy", "kvm-usable");

    [Fact]
    public void A_Xen_dom0_is_ok() => Family.Disk("Debian 12 chrony")
        .On("constant_tsc nonstop_tsc hypervisor", "XenVMMXenVMM", "tsc", "tsc xen")
        .File("/sys/hypervisor/type", "xen\n").File("/proc/xen/capabilities", "control_d\n").Dmi("Dell Inc.", "PowerEdge R650")
        .File("/etc/xen/web.cfg", "name = \"web\"\ntype = \"pvh\"\nkernel = \"/vmlinuz\"\nmemory = 1024\n").Chronyd().Judged().IsOk()
        .HasRoles(Role.XenDom0).Has(CheckStatus.Pass, "clocksource-suitable", "xen-tsc-mode", "xen-wallclock");

    [Fact]
    public void A_Xen_dom0_with_a_native_TSC_in_a_guest_warns() => Family.Disk("Debian 12 chrony")
        .On("constant_tsc nonstop_tsc hypervisor", "XenVMMXenVMM", "tsc", "tsc xen").File("/sys/hypervisor/type", "xen\n")
        .File("/proc/xen/capabilities", "control_d\n")
        .File("/etc/xen/web.cfg", "name = \"web\"\ntype = \"pvh\"\nkernel = \"/vmlinuz\"\ntsc_mode = \"native\"\n").Chronyd().Judged()
        .Fails(VerdictStatus.Warning, "xen-tsc-mode");

    [Theory]
    [InlineData("xen")]
    [InlineData("tsc")]
    public void A_Xen_guest_is_ok(string source) => Family.SteppingAnytime("Debian 12 chrony")
        .On(Invariant, "XenVMMXenVMM", source, "xen tsc")
        .File("/sys/hypervisor/type", "xen\n").Dmi("Xen", "HVM domU").Chronyd().Judged().IsOk().HasRoles(Role.XenGuest)
        .Has(CheckStatus.Pass, "clocksource-suitable", "xen-wallclock")
        .Has(CheckStatus.NotApplicable, "kvm-clock-present", "guest-agent-running");

    [Fact]
    public void An_Azure_guest_is_ok() => Azure().Judged().IsOk().HasRoles(Role.HyperVGuest).KnowsEverything()
        .Has(CheckStatus.Pass, "clocksource-suitable", "phc-available", "phc-refclock", "phc-selected");

    [Fact]
    public void An_Azure_guest_on_acpi_pm_warns() =>
        Azure().ClockSource("acpi_pm", "hyperv_clocksource_tsc_page acpi_pm").Judged().Fails(VerdictStatus.Warning, "clocksource-suitable");

    [Fact]
    public void A_VMware_guest_is_ok() => Family.SteppingAnytime("RHEL 9").On(Invariant, "VMwareVMware", "tsc", "tsc acpi_pm")
        .Dmi("VMware, Inc.", "VMware7,1").Chronyd().Judged().IsOk().HasRoles(Role.VmwareGuest)
        .Has(CheckStatus.Pass, "clocksource-suitable");

    [Fact]
    public void A_VirtualBox_guest_is_ok() => Family.SteppingAnytime("Debian 13 chrony")
        .On(Invariant, "KVMKVMKVM", "kvm-clock", "kvm-clock tsc acpi_pm")
        .Dmi("innotek GmbH", "VirtualBox").Chronyd().Judged().IsOk().HasRoles(Role.VirtualBoxGuest)
        .Has(CheckStatus.Pass, "clocksource-suitable").Has(CheckStatus.NotApplicable, "phc-available");

    /// <summary>VBoxService sets the clock every 10 s; a guest without a time service is poorly kept, but kept.</summary>
    [Fact]
    public void A_VirtualBox_guest_without_a_service_warns()
    {
        var told = Family.SteppingAnytime("Debian 13 chrony").On(Invariant, "KVMKVMKVM", "kvm-clock", "kvm-clock tsc acpi_pm")
            .Dmi("innotek GmbH", "VirtualBox").Kernel(synchronised: false).Judged();
        Assert.Equal(VerdictStatus.Warning, told.Judgement.Verdict.Status);
    }

    [Theory]
    [InlineData("Debian 12 chrony")]
    [InlineData("RHEL 9")]
    public void An_arm64_guest_is_ok(string name)
    {
        var tree = Family.SteppingAnytime(name);
        tree.Architecture = "aarch64";
        tree.On("", "", "arch_sys_counter", "arch_sys_counter").Dmi("QEMU", "QEMU Virtual Machine").Dmi("KVM", "KVM Virtual Machine")
            .PtpKvm(Family.Chrony(name)).Process(812, "chronyd", "/usr/sbin/chronyd").Judged().IsOk().HasRoles(Role.KvmGuest)
            .Has(CheckStatus.Pass, "clocksource-suitable", "phc-available", "phc-selected")
            .Has(CheckStatus.NotApplicable, "kvm-clock-present", "tsc-constant");
    }

    /// <summary>chrony follows Amazon's server and the clock of the network card.</summary>
    [Fact]
    public void A_Nitro_guest_is_ok() => Nitro().Ptp("ena-ptp-05", "ptp_ena")
        .Append(RedHat.Chrony, "refclock PHC /dev/ptp_ena poll 0 delay 0.000010 prefer\n")
        .ChronyHears(new Heard("PHC0", OffsetS: 1e-6, ErrorS: 2e-5), new Heard("169.254.169.123", 5, 3)).Judged().IsOk()
        .HasRoles(Role.KvmGuest)
        .Has(CheckStatus.Pass, "phc-available", "phc-refclock", "phc-selected").KnowsEverything();

    [Fact]
    public void A_Nitro_guest_with_the_server_alone_is_ok() => Nitro().ChronyHears(new Heard("169.254.169.123", 0, 3)).Judged().IsOk()
        .Has(CheckStatus.Info, "time-sources-reachable", "phc-available");

    [Fact]
    public void A_GCE_guest_is_ok() => Family.SteppingAnytime("Debian 12 chrony")
        .Replace(Debian.Chrony, "pool 2.debian.pool.ntp.org iburst",
        "server metadata.google.internal iburst").AsKvmGuest().Dmi("Google", "Google Compute Engine")
            .Process(1, "chronyd", "/usr/sbin/chronyd", "-F", "1")
        .ChronyHears(new Heard("169.254.169.254", 0, 3)).Judged().IsOk().HasRoles(Role.KvmGuest)
        .Has(CheckStatus.Pass, "clocksource-suitable");

    [Fact]
    public void A_Firecracker_guest_is_ok() => Firecracker().Chronyd().Judged().IsOk().HasRoles(Role.KvmGuest)
        .Has(CheckStatus.Pass, "clocksource-suitable", "kvm-clock-present", "boot-parameters")
        .Has(CheckStatus.Info, "rtc-synced", "phc-available");

    [Fact]
    public void A_Firecracker_guest_without_a_service_is_critical() => Firecracker().Kernel(synchronised: false)
        .Without("/usr/sbin/chronyd").Without("/etc/init.d/chronyd").Without("/etc/runlevels").Judged()
        .Fails(VerdictStatus.Critical, "time-service-running", "time-service-enabled", "clock-synchronized");

    [Theory]
    [InlineData("tsc")]
    [InlineData("hpet")]
    public void An_emulated_guest_is_ok(string source) => Family.SteppingAnytime("Debian 12 chrony")
        .On("hypervisor", "TCGTCGTCGTCG", source, "tsc hpet acpi_pm")
        .Dmi("QEMU", "Standard PC (Q35 + ICH9, 2009)").Chronyd().Judged().IsOk().HasRoles(Role.OtherGuest)
        .Has(CheckStatus.NotApplicable, "kvm-clock-present", "phc-available");

    /// <summary>IBM Z names its hypervisor in /proc/sysinfo, POWER in the device tree.</summary>
    [Theory]
    [InlineData("s390x", "tod", "/proc/sysinfo", "Manufacturer:         IBM\nType:                 8561\n\nVM00 Name:            some\n"
        + "VM00 Control Program: KVM/Linux\n")]
    [InlineData("ppc64le", "timebase", "/sys/firmware/devicetree/base/hypervisor/compatible", "linux,kvm")]
    public void A_guest_on_Z_or_POWER_is_ok(string architecture, string source, string file, string text)
    {
        var tree = Family.SteppingAnytime("SLES 15 SP6");
        tree.Architecture = architecture;
        tree.On("", "", source, source).NoAnswer("cpuid").File("/proc/cpuinfo", "processor\t: 0\ncpu\t\t: POWER9\n").File(file, text)
            .Chronyd()
            .Judged().IsOk().HasRoles(Role.KvmGuest).Has(CheckStatus.Pass, "clocksource-suitable", "step-policy");
    }

    /// <summary>XenLinux of SLES 11: the guest's clock is dom0's unless it is told otherwise.</summary>
    [Fact]
    public void An_old_Xen_guest_that_follows_dom0_is_not_critical()
    {
        var told = Suse.Sles11().Without("/etc/init.d/rc3.d").Without("/etc/init.d/rc5.d").On("", "XenVMMXenVMM", "xen", "xen")
            .File("/sys/hypervisor/type", "xen\n").File("/proc/sys/xen/independent_wallclock", "0\n").Kernel(synchronised: false).Judged();
        Assert.Equal(VerdictStatus.Warning, told.Judgement.Verdict.Status);
        told.Says("time-service-running", "dom0");
    }

    /// <summary>It sees the host's kernel and none of its services; its host's check is the one that counts.</summary>
    [Theory]
    [InlineData("", "tsc", "tsc hpet acpi_pm")]
    [InlineData("KVMKVMKVM", "kvm-clock", "kvm-clock tsc acpi_pm")]
    public void A_container_is_ok(string signature, string source, string available) => Container(signature, source, available)
        .Kernel(synchronised: true).Judged().IsOk()
        .Has(CheckStatus.Pass, "clock-synchronized").Has(CheckStatus.NotApplicable, "time-service-running", "rtc-synced", "boot-parameters");

    /// <summary>Its host's chronyd may keep the clock and not tell the kernel: that cannot be seen from inside, and "sound" would be a guess.</summary>
    [Fact]
    public void A_container_on_an_unsynchronised_kernel_is_unknown()
    {
        var told = Container("", "tsc", "tsc hpet acpi_pm").Kernel(synchronised: false).Judged();
        Assert.Equal(VerdictStatus.Unknown, told.Judgement.Verdict.Status);
        told.Says("clock-synchronized", "check the host");
    }

    private static Tree Container(string signature, string source, string available) => new Tree("container")
    {
        Kernel = "6.12.0-1-amd64",
        CommandLine = "root=/dev/vda1 ro",
    }.Merged().File("/etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n")
        .On($"constant_tsc nonstop_tsc{(signature.Length > 0 ? " hypervisor" : "")}", signature, source, available)
        .Without("/proc/2").Without("/sys/class/rtc").File("/.dockerenv", "");

    private static Tree Azure() => Family.SteppingAnytime("Ubuntu 25.10")
        .On("constant_tsc hypervisor", "Microsoft Hv", "hyperv_clocksource_tsc_page", "hyperv_clocksource_tsc_page acpi_pm")
        .Dmi("Microsoft Corporation", "Virtual Machine").Ptp("hyperv", "ptp_hyperv")
        .Append(Debian.Chrony, "refclock PHC /dev/ptp_hyperv poll 3 dpoll -2 offset 0 stratum 2\n")
        .Process(812, "chronyd", "/usr/sbin/chronyd", "-F", "1")
        .ChronyHears(new Heard("PHC0", OffsetS: 2e-6, ErrorS: 5e-6), new Heard("192.0.2.1", 5), new Heard("192.0.2.2", 5));

    private static Tree Nitro()
    {
        var tree = Family.SteppingAnytime("RHEL 9").Called("Amazon Linux 2023")
            .File("/etc/os-release", "NAME=\"Amazon Linux\"\nID=\"amzn\"\nID_LIKE=\"fedora\"\nVERSION_ID=\"2023\"\n"
            + "PRETTY_NAME=\"Amazon Linux 2023\"\n")
            .Replace(RedHat.Chrony, "pool 2.rhel.pool.ntp.org iburst\n", "server 169.254.169.123 prefer iburst minpoll 4 maxpoll 4\n");
        return tree.AsKvmGuest().Dmi("Amazon EC2", "m7i.large").Process(812, "chronyd", "/usr/sbin/chronyd", "-F", "1");
    }

    /// <summary>No firmware, no boot loader, no RTC, no modules: the VMM starts the kernel.</summary>
    private static Tree Firecracker() => Family.SteppingAnytime("Alpine").Without("/boot").Without("/lib/modules")
        .Without("/etc/update-extlinux.conf")
        .AsKvmGuest().Without("/sys/class/rtc").Without("/sys/class/dmi").Without("/proc/modules").Without("/dev/rtc0")
        .File("/proc/cmdline", "console=ttyS0 reboot=k panic=1 pci=off root=/dev/vda rw virtio_mmio.device=4K@0xd0000000:5\n");
}
