using Guestclock.Checks;
using Guestclock.Checks.ClockSource;
using Guestclock.Facts;
using Guestclock.Testing;
using Guestclock.Tests.Checks.Tsc;

namespace Guestclock.Tests.Checks.ClockSource;

public class ClocksourceSuitableTests() : CheckTests(new ClocksourceSuitable())
{
    private static MachineFacts Hardware() => Some.KvmHost().Is(Hypervisor.None, Role.BareMetal);

    private static MachineFacts Rhel5(string kernel) => Some.KvmGuest().Flags().System("rhel", "5.4", OsFamily.RedHat, kernel);

    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("guest on a reliable TSC", Some.KvmGuest(), CheckStatus.Pass, "modern KVM guest"),
        new CheckRow("guest on kvm-clock", Some.KvmGuest().On("kvm-clock", "tsc"), CheckStatus.Pass),
        new CheckRow("nested host on kvm-clock", Some.KvmGuest().On("kvm-clock", "tsc").Is(Hypervisor.Kvm, Role.KvmGuest, Role.KvmHost),
            CheckStatus.Pass, "inside this guest"),
        new CheckRow("guest on a TSC that may stop", Some.KvmGuest().On("tsc", "kvm-clock").Flags("constant_tsc"), CheckStatus.Warning,
            "echo kvm-clock"),
        new CheckRow("guest on an unstable TSC", Some.KvmGuest().On("tsc", "kvm-clock").Logged(Logs.Guest510), CheckStatus.Critical,
            "marked unstable"),
        new CheckRow("guest on acpi_pm by a boot parameter",
            Some.KvmGuest().On("acpi_pm", "tsc", "kvm-clock").Booted("ro clocksource=acpi_pm"), CheckStatus.Warning,
            "remove clocksource=acpi_pm"),
        new CheckRow("guest on hpet, nothing better offered", Some.KvmGuest().On("hpet", "acpi_pm").Flags(), CheckStatus.Warning,
            "on the host"),
        new CheckRow("guest on jiffies", Some.KvmGuest().On("jiffies"), CheckStatus.Critical, "jiffies"),
        new CheckRow("RHEL 5.4 32-bit by the table",
            Rhel5("2.6.18-128.el5").On("acpi_pm", "jiffies", "tsc", "pit").Booted("ro clocksource=acpi_pm lpj=2600000") with
            { Identity = Rhel5("2.6.18-128.el5").Identity with { Architecture = Some.Known("i686") } }, CheckStatus.Pass, "vendor's table"),
        new CheckRow("RHEL 5 64-bit says jiffies and uses kvm-clock",
            Rhel5("2.6.18-164.el5").On("jiffies").Logged("time.c: Using 1.193182 MHz WALL KVM GTOD KVM timer.\n"), CheckStatus.Pass,
            "kvm-clock"),
        new CheckRow("RHEL 5 64-bit says jiffies, log lost", Rhel5("2.6.18-164.el5").On("jiffies").Logged("", complete: false),
            CheckStatus.Unknown, "time.c"),
        new CheckRow("host on tsc", Some.KvmHost(), CheckStatus.Pass, "KVM host"),
        new CheckRow("host on hpet", Some.KvmHost().On("hpet", "acpi_pm").Logged(Logs.Server6), CheckStatus.Warning, "kvm-clock"),
        new CheckRow("hardware on hpet for a reason", Hardware().On("hpet").Logged(Logs.Server6), CheckStatus.Info, "slow"),
        new CheckRow("hardware on hpet without a reason", Hardware().On("hpet", "tsc"), CheckStatus.Warning, "echo tsc"),
        new CheckRow("hardware on an unstable TSC", Hardware().On("tsc", "hpet").Logged(Logs.Server6), CheckStatus.Critical),
        new CheckRow("emulated on hpet", Some.KvmGuest().On("hpet", "acpi_pm").Is(Hypervisor.Tcg, Role.OtherGuest), CheckStatus.Pass,
            "emulated"),
        new CheckRow("Xen dom0", Some.KvmGuest().On("xen", "tsc").Is(Hypervisor.Xen, Role.XenDom0), CheckStatus.Pass),
        new CheckRow("Xen guest on acpi_pm", Some.KvmGuest().On("acpi_pm", "xen").Is(Hypervisor.Xen, Role.XenGuest), CheckStatus.Warning,
            "echo xen"),
        new CheckRow("Hyper-V", Some.KvmGuest().On("hyperv_clocksource_tsc_page").Is(Hypervisor.HyperV, Role.HyperVGuest),
            CheckStatus.Pass),
        new CheckRow("Hyper-V on acpi_pm", Some.KvmGuest().On("acpi_pm").Is(Hypervisor.HyperV, Role.HyperVGuest), CheckStatus.Warning),
        new CheckRow("VMware on tsc", Some.KvmGuest().On("tsc").Is(Hypervisor.Vmware, Role.VmwareGuest), CheckStatus.Pass),
        new CheckRow("VMware on acpi_pm", Some.KvmGuest().On("acpi_pm").Is(Hypervisor.Vmware, Role.VmwareGuest), CheckStatus.Warning),
        new CheckRow("VirtualBox on acpi_pm", Some.KvmGuest().On("acpi_pm").Is(Hypervisor.VirtualBox, Role.VirtualBoxGuest),
            CheckStatus.Info),
        new CheckRow("arm64", Some.Arm(), CheckStatus.Pass, "arch_sys_counter"),
        new CheckRow("an architecture that is not known", Some.Arm()
            with { Identity = Some.Arm().Identity with { Architecture = Some.Known("mips64") } }, CheckStatus.Info, "mips64"),
        new CheckRow("role not known", Some.KvmGuest()
            with { Identity = Some.KvmGuest().Identity with { Roles = Some.Not<IReadOnlyList<Role>>(FactState.NotRecorded) } },
            CheckStatus.Pass),
        new CheckRow("an image", Some.KvmGuest().WithoutClock(), CheckStatus.Unknown),
        new CheckRow("Windows", Some.KvmGuest().System("windows", "", OsFamily.Windows, ""), CheckStatus.NotApplicable, "Windows"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new ClocksourceSuitable(), row);
}
