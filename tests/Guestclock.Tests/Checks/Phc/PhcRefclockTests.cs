using Guestclock.Checks;
using Guestclock.Checks.Phc;
using Guestclock.Facts;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks.Phc;

public class PhcRefclockTests() : CheckTests(new PhcRefclock())
{
    private static MachineFacts Guest => Some.KvmGuest().Modules(loaded: "ptp_kvm").Chrony().With(PhcFacts.Kvm());

    private static MachineFacts Image(string line) =>
        Guest.Chrony(line) with { Devices = new() { PtpClocks = Some.Not<IReadOnlyList<PtpClock>>(FactState.NotRecorded) } };

    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("by its stable name", Guest.Chrony("PHC /dev/ptp_kvm poll 2 dpoll -2 offset 0 stratum 2"), CheckStatus.Pass,
            "/etc/chrony/chrony.conf:3"),
        new CheckRow("with a driver's option", Guest.Chrony("PHC /dev/ptp_kvm:nocrossts poll 2"), CheckStatus.Pass),
        new CheckRow("by its number", Guest.Chrony("PHC /dev/ptp0 poll 2"), CheckStatus.Warning,
            "sed -i 's|/dev/ptp0|/dev/ptp_kvm|' /etc/chrony/chrony.conf"),
        new CheckRow("by its number, and udev makes no link", Guest.With(PhcFacts.Kvm(link: false)).Chrony("PHC /dev/ptp0"),
            CheckStatus.Warning, "SYMLINK+=\"ptp_kvm\""),
        new CheckRow("by its number, and it has no stable name", Guest.With(PhcFacts.VmClock(0)).Chrony("PHC /dev/ptp0"),
            CheckStatus.Info, "no stable name"),
        new CheckRow("the number went to a network card", Guest.With(PhcFacts.Nic("/dev/ptp0"), PhcFacts.Kvm("/dev/ptp1"))
            .Chrony("PHC /dev/ptp0"), CheckStatus.Warning, "'525400123457'"),
        new CheckRow("a network card's clock and no other", Guest.With(PhcFacts.Nic("/dev/ptp0")).Chrony("PHC /dev/ptp0"),
            CheckStatus.Info, "not the hypervisor's"),
        new CheckRow("a network interface", Guest.Chrony("PHC eth0"), CheckStatus.Info, "eth0"),
        new CheckRow("a device that is not there", Guest.With().Chrony("PHC /dev/ptp_kvm"), CheckStatus.Warning, "does not exist"),
        new CheckRow("a device that is not there, and chronyd is down", Guest.With().Chrony("PHC /dev/ptp_kvm")
            .Runs(TimeServiceKind.Chronyd, false), CheckStatus.Critical, "cannot start"),
        new CheckRow("the worst of two lines", Guest.Chrony("PHC /dev/ptp_kvm", "PHC /dev/ptp7"), CheckStatus.Warning, "/dev/ptp7"),
        new CheckRow("vmclock that seems to show TAI", Guest.With(PhcFacts.VmClock(37 * PhcFacts.Second)).Chrony("PHC /dev/ptp0"),
            CheckStatus.Warning, "lacks 'tai'"),
        new CheckRow("the same with the option", Guest.With(PhcFacts.VmClock(37 * PhcFacts.Second)).Chrony("PHC /dev/ptp0 tai"),
            CheckStatus.Info),
        new CheckRow("vmclock of UTC taken for TAI", Guest.With(PhcFacts.VmClock(-37 * PhcFacts.Second)).Chrony("PHC /dev/ptp0 tai"),
            CheckStatus.Warning, "seems to show UTC"),
        new CheckRow("chrony without it", Guest, CheckStatus.Info, "refclock PHC /dev/ptp_kvm poll 2"),
        new CheckRow("timesyncd", Guest.Runs(TimeServiceKind.Timesyncd), CheckStatus.Info, "systemd-timesyncd cannot read"),
        new CheckRow("phc2sys", Guest.Runs(TimeServiceKind.Phc2sys), CheckStatus.NotApplicable, "phc2sys"),
        new CheckRow("no chrony", Guest with { Services = new() { ChronyConf = Some.Missing<ChronyConfiguration>() } },
            CheckStatus.NotApplicable, "not configured"),
        new CheckRow("configuration not readable", Guest
            with { Services = new() { ChronyConf = Some.Not<ChronyConfiguration>(FactState.Denied) } }, CheckStatus.Unknown),
        new CheckRow("no clock", Guest.With(), CheckStatus.NotApplicable, "phc-available"),
        new CheckRow("host", Some.KvmHost().Chrony("PHC /dev/ptp0"), CheckStatus.NotApplicable),
        new CheckRow("image with the stable name", Image("PHC /dev/ptp_kvm"), CheckStatus.Pass),
        new CheckRow("image with the number", Image("PHC /dev/ptp0"), CheckStatus.Warning, "/dev/ptp_kvm"),
        new CheckRow("image without a refclock", Image("SHM 0"), CheckStatus.Unknown),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new PhcRefclock(), row);
}
