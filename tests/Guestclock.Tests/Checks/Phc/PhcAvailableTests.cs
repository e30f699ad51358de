using Guestclock.Checks;
using Guestclock.Checks.Phc;
using Guestclock.Facts;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks.Phc;

public class PhcAvailableTests() : CheckTests(new PhcAvailable())
{
    private static MachineFacts Guest => Some.KvmGuest().Modules().Chrony();

    private static MachineFacts Without => Guest.With();

    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("the host's clock", Guest.With(PhcFacts.Nic("/dev/ptp0"), PhcFacts.Kvm("/dev/ptp1")), CheckStatus.Pass,
            "/dev/ptp_kvm"),
        new CheckRow("Hyper-V's clock", Guest.On(Hypervisor.HyperV, Role.HyperVGuest)
            .With(new PtpClock("/dev/ptp0", "hyperv", [], Some.Missing<PtpReading>())), CheckStatus.Pass, "hyperv"),
        new CheckRow("Amazon's network card", Guest.With(new PtpClock("/dev/ptp0", "ena-ptp-05", [], Some.Missing<PtpReading>())),
            CheckStatus.Pass, "ena-ptp-05"),
        new CheckRow("vmclock with time", Guest.With(PhcFacts.VmClock(0)), CheckStatus.Pass, "vmclock0"),
        new CheckRow("module not loaded", Without, CheckStatus.Info, "modprobe ptp_kvm"),
        new CheckRow("module not loaded, and only a network card's clock", Guest.With(PhcFacts.Nic("/dev/ptp0")), CheckStatus.Info,
            "not loaded"),
        new CheckRow("module not loaded, and nothing keeps the clock", Some.KvmGuest().Modules().With()
            .Runs(TimeServiceKind.Chronyd, false), CheckStatus.Info, "modprobe ptp_kvm"),
        new CheckRow("blacklisted", Without.Modules(prevented: "ptp_kvm"), CheckStatus.Info,
            "/etc/modprobe.d/blacklist.conf keeps ptp_kvm"),
        new CheckRow("kernel without it", Without.Modules(available: "ptp"), CheckStatus.Info, "built without ptp_kvm"),
        new CheckRow("kernel without modules, configuration known", Without with
        {
            Modules = new() { Configured = Some.Known<IReadOnlyDictionary<string,
                string>>(new Dictionary<string, string>(StringComparer.Ordinal) { ["CONFIG_PTP_1588_CLOCK_KVM"] = "n" }) },
        }, CheckStatus.Info, "CONFIG_PTP_1588_CLOCK_KVM=n"),
        new CheckRow("kernel without modules, nothing known", Without with { Modules = new() }, CheckStatus.Info, "cannot be told why"),
        new CheckRow("built in, no clock", Without.Modules(builtIn: "ptp_kvm"), CheckStatus.Info, "must be tsc"),
        new CheckRow("loaded at boot but not there", Without.Modules(atBoot: "ptp_kvm"), CheckStatus.Info, "host does not support it"),
        new CheckRow("no-kvmclock", Without
            with { Clock = Without.Clock with { CommandLine = Some.Known(Some.Arguments("ro no-kvmclock")) } }, CheckStatus.Info,
            "no-kvmclock"),
        new CheckRow("no kvm-clock offered", Without
            with { Clock = Without.Clock with { AvailableSources = Some.List("tsc", "acpi_pm") } }, CheckStatus.Info,
            "offers no kvm-clock"),
        new CheckRow("the host refuses", Without
            with { KernelLog = new() { Log = Some.Known(new KernelLog(true, [new(5, "ptp_kvm: clock offset hypercall ret -22")])) } },
            CheckStatus.Info, "clock offset hypercall ret -22"),
        new CheckRow("arm64 does not need kvm-clock", Some.Arm().Modules().Chrony().With(), CheckStatus.Info, "not loaded"),
        new CheckRow("Hyper-V without its clock", Without.On(Hypervisor.HyperV, Role.HyperVGuest)
            .Modules(loaded: "hv_utils", available: "hv_utils"), CheckStatus.Info, "Time Synchronization"),
        new CheckRow("emulated", Without.On(Hypervisor.Tcg, Role.OtherGuest), CheckStatus.NotApplicable, "TCG"),
        new CheckRow("Xen", Without.On(Hypervisor.Xen, Role.XenGuest), CheckStatus.NotApplicable, "Xen"),
        new CheckRow("host", Some.KvmHost().With(PhcFacts.Nic("/dev/ptp0")), CheckStatus.NotApplicable, "not a guest"),
        new CheckRow("container", Without.InContainer(), CheckStatus.NotApplicable, "container"),
        new CheckRow("image", Guest with { Devices = new() { PtpClocks = Some.Not<IReadOnlyList<PtpClock>>(FactState.NotRecorded) } },
            CheckStatus.Unknown),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new PhcAvailable(), row);
}
