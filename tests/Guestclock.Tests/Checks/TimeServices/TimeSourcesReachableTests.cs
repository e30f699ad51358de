using Guestclock.Checks;
using Guestclock.Checks.TimeServices;
using Guestclock.Facts;
using Guestclock.Protocols.Chrony;
using Guestclock.Testing;
using static Guestclock.Protocols.Chrony.ChronySourceState;

namespace Guestclock.Tests.Checks.TimeServices;

public class TimeSourcesReachableTests() : CheckTests(new TimeSourcesReachable())
{
    private static readonly MachineFacts Guest = Some.KvmGuest().Uptime(100_000).Chrony();
    private static readonly ChronySource Good = With.Source("192.0.2.1", Selected);

    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("three", Guest.Sources(0, Good, With.Source("192.0.2.2", Combined), With.Source("192.0.2.3", NotCombined, 0x7F)),
            CheckStatus.Pass, "reach 177"),
        new CheckRow("the host's PHC alone", Guest.Sources(0, With.Source("PHC0", Selected, mode: ChronySourceMode.RefClock)),
            CheckStatus.Pass, "1 usable source"),
        new CheckRow("one server", Guest.Sources(0, Good), CheckStatus.Info, "only source"),
        new CheckRow("two servers", Guest.Sources(0, Good, With.Source("192.0.2.2", Combined)), CheckStatus.Info, "outvoted"),
        new CheckRow("one of four is silent", Guest.Sources(0, Good, With.Source("192.0.2.2", Combined), With.Source("192.0.2.3", Combined),
            With.Source("192.0.2.9", NonSelectable, 0)), CheckStatus.Info, "192.0.2.9 does not answer"),
        new CheckRow("one of four lies", Guest.Sources(0, Good, With.Source("192.0.2.2", Combined), With.Source("192.0.2.3", Combined),
            With.Source("192.0.2.9", Falseticker)), CheckStatus.Info, "192.0.2.9 (falseticker)"),
        new CheckRow("one against one", Guest.Sources(0, Good, With.Source("192.0.2.9", Falseticker)), CheckStatus.Warning, "192.0.2.9"),
        new CheckRow("all contradict", Guest.Sources(0, With.Source("192.0.2.8", Falseticker), With.Source("192.0.2.9", Falseticker)),
            CheckStatus.Critical, "192.0.2.8, 192.0.2.9"),
        new CheckRow("none answers", Guest.Sources(0, With.Source("192.0.2.8", NonSelectable, 0)), CheckStatus.Critical, "UDP port 123"),
        new CheckRow("selected, but not heard any more", Guest.Sources(0, With.Source("192.0.2.1", Selected, 0)), CheckStatus.Warning,
            "last 10.0 s ago"),
        new CheckRow("none answers yet", Guest.Sources(0, With.Source("192.0.2.8", NonSelectable, 0)).Uptime(10), CheckStatus.Warning),
        new CheckRow("answer, but cannot be selected", Guest.Sources(0, With.Source("192.0.2.8", NonSelectable, 3)), CheckStatus.Critical,
            "selectdata"),
        new CheckRow("names are not resolved", Guest.Sources(4), CheckStatus.Critical, "4 names have no address"),
        new CheckRow("no source at all", Guest.Sources(0), CheckStatus.Critical, "no time source at all"),
        new CheckRow("fewer than policy wants", Guest.Sources(0, Good, With.Source("192.0.2.2", Combined)), CheckStatus.Warning,
            "3 wanted") { Policy = new() { MinimumSources = 3 } },
        new CheckRow("configured pool, state not known", Some.KvmGuest().Chrony("pool ntp.example.net iburst"), CheckStatus.Pass,
            "judged by the configuration"),
        new CheckRow("configured single server", Some.KvmGuest().Chrony("server ntp.example.net iburst"), CheckStatus.Info, "only source"),
        new CheckRow("configured PHC and server",
            Some.KvmGuest().Chrony("refclock PHC /dev/ptp_kvm poll 2", "server a", "server b noselect"), CheckStatus.Pass, "/dev/ptp_kvm"),
        new CheckRow("nothing configured", Some.KvmGuest().Chrony("makestep 1 -1"), CheckStatus.Critical, "no time source"),
        new CheckRow("nothing configured but DHCP", Some.KvmGuest().Chrony("sourcedir /run/chrony-dhcp"), CheckStatus.Info, "DHCP"),
        new CheckRow("only its own clock", Some.KvmGuest().Chrony("local stratum 10"), CheckStatus.Warning, "own clock"),
        new CheckRow("an image", Some.KvmGuest().Services(With.InImage(TimeServiceKind.Chronyd)).ChronyConf("pool a"), CheckStatus.Pass),
        new CheckRow("ntpd with three servers", Some.KvmGuest().Other(With.Service(TimeServiceKind.Ntpd), "server a", "server -4 b",
            "server c iburst"), CheckStatus.Pass, "a, b, c"),
        new CheckRow("ntpd with its local clock only", Some.KvmGuest().Other(With.Service(TimeServiceKind.Ntpd), "server 127.127.1.0"),
            CheckStatus.Critical),
        new CheckRow("timesyncd as it comes", Some.KvmGuest().Other(With.Service(TimeServiceKind.Timesyncd)), CheckStatus.Pass, "built-in"),
        new CheckRow("ntpd-rs", Some.KvmGuest().Other(With.Service(TimeServiceKind.NtpdRs), "source mode pool address ntp.example.net"),
            CheckStatus.Pass),
        new CheckRow("OpenNTPD", Some.KvmGuest().Other(With.Service(TimeServiceKind.Openntpd), "servers pool.ntp.org"), CheckStatus.Pass),
        new CheckRow("phc2sys", Some.KvmGuest().Services(With.Service(TimeServiceKind.Phc2sys)), CheckStatus.Pass),
        new CheckRow("the configuration may not be read",
            Some.KvmGuest().Services(With.Service(TimeServiceKind.Chronyd)) with
            {
                Services = Some.KvmGuest().Services(With.Service(TimeServiceKind.Chronyd)).Services
                    with { ChronyConf = Some.Not<ChronyConfiguration>(FactState.Denied, "permission denied") },
            }, CheckStatus.Unknown, "permission denied"),
        new CheckRow("no service", Some.KvmGuest().Services(), CheckStatus.NotApplicable, "time-service-running"),
        new CheckRow("Windows", Some.KvmGuest().Services().Os("windows", "5.1", OsFamily.Windows), CheckStatus.NotApplicable, "w32time"),
        new CheckRow("a container", Guest.Sources(0).Container(), CheckStatus.NotApplicable),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new TimeSourcesReachable(), row);
}
