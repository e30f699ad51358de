using Guestclock.Checks;
using Guestclock.Checks.Phc;
using Guestclock.Facts;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks.Phc;

public class PhcLoadedAtBootTests() : CheckTests(new PhcLoadedAtBoot())
{
    private const string Line = "PHC /dev/ptp_kvm poll 2";

    private static MachineFacts Guest => Some.KvmGuest().Chrony().With(PhcFacts.Kvm());

    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("in modules-load.d", Guest.Modules(loaded: "ptp_kvm", atBoot: "ptp_kvm"), CheckStatus.Pass,
            "/etc/modules-load.d/ptp_kvm.conf"),
        new CheckRow("built in", Guest.Modules(builtIn: "ptp_kvm", available: ""), CheckStatus.Pass, "built into"),
        new CheckRow("built in, told by the configuration", Guest with
        {
            Modules = new() { Configured = Some.Known<IReadOnlyDictionary<string,
                string>>(new Dictionary<string, string>(StringComparer.Ordinal) { ["CONFIG_PTP_1588_CLOCK_KVM"] = "y" }) },
        }, CheckStatus.Pass),
        new CheckRow("loaded by hand, chrony needs it", Guest.Modules(loaded: "ptp_kvm").Chrony(Line), CheckStatus.Warning,
            "echo ptp_kvm > /etc/modules-load.d/ptp_kvm.conf"),
        new CheckRow("chrony reads it by number", Guest.Modules(loaded: "ptp_kvm").Chrony("PHC /dev/ptp0"), CheckStatus.Warning,
            "chronyd does not start"),
        new CheckRow("not loaded, chrony needs it (an image)", Guest.Modules().With().Chrony(Line), CheckStatus.Warning),
        new CheckRow("loaded by hand, nobody needs it", Guest.Modules(loaded: "ptp_kvm"), CheckStatus.Info, "nothing loads it"),
        new CheckRow("asked for and blacklisted", Guest.Modules(atBoot: "ptp_kvm", prevented: "ptp_kvm"), CheckStatus.Warning,
            "keeps it from loading"),
        new CheckRow("not in use", Guest.Modules().With(), CheckStatus.NotApplicable, "phc-available"),
        new CheckRow("Hyper-V", Guest.On(Hypervisor.HyperV, Role.HyperVGuest).Modules(loaded: "hv_utils"), CheckStatus.NotApplicable,
            "by itself"),
        new CheckRow("Xen", Guest.On(Hypervisor.Xen, Role.XenGuest).Modules(), CheckStatus.NotApplicable),
        new CheckRow("host", Some.KvmHost().Modules(), CheckStatus.NotApplicable, "not a guest"),
        new CheckRow("lists not readable", Guest with { Modules = new() }, CheckStatus.Unknown),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new PhcLoadedAtBoot(), row);
}
