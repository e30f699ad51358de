using Guestclock.Checks;
using Guestclock.Checks.TimeServices;
using Guestclock.Facts;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks.TimeServices;

public class TimeServiceEnabledTests() : CheckTests(new TimeServiceEnabled())
{
    private static readonly MachineFacts Refused = Some.KvmGuest().Chrony();

    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("enabled", Some.KvmGuest().Chrony(), CheckStatus.Pass, "chronyd starts at boot"),
        new CheckRow("enabled in an image", Some.KvmGuest().Services(With.InImage(TimeServiceKind.Timesyncd)), CheckStatus.Pass),
        new CheckRow("timemaster", Some.KvmHost().Services(With.Service(TimeServiceKind.Chronyd, true, false),
            With.Service(TimeServiceKind.Timemaster)), CheckStatus.Pass, "timemaster"),
        new CheckRow("runs but is not enabled", Some.KvmGuest().Services(With.Service(TimeServiceKind.Chronyd, true, false)),
            CheckStatus.Warning, "systemctl enable --now chrony"),
        new CheckRow("started by hand, without a unit",
            Some.KvmGuest().Services(With.Service(TimeServiceKind.Chronyd, true, false) with { Enabled = Some.Missing<bool>() }),
            CheckStatus.Warning),
        new CheckRow("installed, not enabled, in an image", Some.KvmGuest().Services(With.InImage(TimeServiceKind.Chronyd, false)),
            CheckStatus.Critical, "does not start at boot"),
        new CheckRow("chronyd -x", Some.KvmGuest().Services(With.Service(TimeServiceKind.Chronyd, true, true, "-x")),
            CheckStatus.Critical, "take -x out of DAEMON_OPTS"),
        new CheckRow("nothing installed", Some.KvmGuest().Services().Os("sles", "15.5", OsFamily.Suse), CheckStatus.Critical, "zypper"),
        new CheckRow("nothing installed in VirtualBox", Some.KvmGuest().Services().Is(Role.VirtualBoxGuest), CheckStatus.Warning,
            "VBoxService"),
        new CheckRow("refuses its configuration", Refused
            with { Services = Refused.Services with { ChronyConf = Some.Known(
            new ChronyConfiguration("/etc/chrony/chrony.conf", [], []) { Refusal = "/x does not exist" }) } },
            CheckStatus.Warning, "chronyd -p -f /etc/chrony/chrony.conf"),
        new CheckRow("links may not be read", Some.KvmGuest().Services(With.Service(TimeServiceKind.Chronyd)
            with { Enabled = Some.Not<bool>(FactState.Denied, "permission denied") }), CheckStatus.Unknown, "permission denied"),
        new CheckRow("Windows", Some.KvmGuest().Services().Os("windows", "5.1", OsFamily.Windows), CheckStatus.NotApplicable, "w32time"),
        new CheckRow("a directory without a system", new MachineFacts
        {
            Services = new() { TimeServices = Some.List<TimeService>(), Processes = Some.Not<long>(FactState.NotRecorded) },
        }, CheckStatus.Unknown, "no operating system"),
        new CheckRow("the root of a container", new MachineFacts
        {
            Identity = new() { Os = Some.KvmGuest().Identity.Os },
            Services = new() { TimeServices = Some.List<TimeService>(), Processes = Some.Not<long>(FactState.NotRecorded) },
        }, CheckStatus.Unknown, "--assume role=container"),
        new CheckRow("a container", Some.KvmGuest().Services().Container(), CheckStatus.NotApplicable, "host"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new TimeServiceEnabled(), row);
}
