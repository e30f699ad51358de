using Guestclock.Checks;
using Guestclock.Checks.TimeServices;
using Guestclock.Facts;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks.TimeServices;

public class TimeServiceSingleTests() : CheckTests(new TimeServiceSingle())
{
    private static readonly TimeService Chronyd = With.Service(TimeServiceKind.Chronyd);

    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("one", Some.KvmGuest().Chrony(), CheckStatus.Pass, "only chronyd"),
        new CheckRow("one that is not enabled", Some.KvmGuest().Services(With.Service(TimeServiceKind.Chronyd, true, false)),
            CheckStatus.Pass),
        new CheckRow("timemaster and its children",
            Some.KvmHost().Services(With.Service(TimeServiceKind.Chronyd, true, false), With.Service(TimeServiceKind.Ptp4l, true, false),
                With.Service(TimeServiceKind.Phc2sys, true, false) with { NoSet = true }, With.Service(TimeServiceKind.Timemaster)),
            CheckStatus.Pass),
        new CheckRow("a second chronyd only measures beside ntpd",
            Some.KvmGuest().Services(With.Service(TimeServiceKind.Chronyd, true, false, "-x"), With.Service(TimeServiceKind.Ntpd)),
            CheckStatus.Pass, "only ntpd"),
        new CheckRow("a VMware guest", Some.KvmGuest().Chrony().Is(Role.VmwareGuest), CheckStatus.Pass, "vmware-toolbox-cmd"),
        new CheckRow("chronyd and ntpd", Some.KvmGuest().Services(Chronyd, With.Service(TimeServiceKind.Ntpd)), CheckStatus.Critical,
            "systemctl disable --now ntpd"),
        new CheckRow("chronyd and phc2sys on the system clock", Some.KvmHost().Services(Chronyd, With.Service(TimeServiceKind.Phc2sys)),
            CheckStatus.Critical, "systemctl disable --now phc2sys"),
        new CheckRow("one runs, two start at boot",
            Some.KvmGuest().Services(Chronyd, With.Service(TimeServiceKind.Timesyncd, running: false)), CheckStatus.Warning,
            "disable --now systemd-timesyncd"),
        new CheckRow("two in an image", Some.KvmGuest().Services(With.InImage(TimeServiceKind.Chronyd), With.InImage(TimeServiceKind.Ntpd)),
            CheckStatus.Warning, "start at boot"),
        new CheckRow("timemaster beside chronyd's own unit", Some.KvmHost().Services(Chronyd, With.Service(TimeServiceKind.Timemaster)),
            CheckStatus.Warning, "disable --now chrony"),
        new CheckRow("another one after the next boot",
            Some.KvmGuest().Services(With.Service(TimeServiceKind.Chronyd, true, false), With.Service(TimeServiceKind.Ntpd, false)),
            CheckStatus.Info, "ntpd will"),
        new CheckRow("one in an image", Some.KvmGuest().Services(With.InImage(TimeServiceKind.Chronyd)), CheckStatus.Pass),
        new CheckRow("none enabled in an image", Some.KvmGuest().Services(With.InImage(TimeServiceKind.Chronyd, false)),
            CheckStatus.Unknown, "image"),
        new CheckRow("none", Some.KvmGuest().Services(), CheckStatus.NotApplicable, "time-service-running"),
        new CheckRow("Windows", Some.KvmGuest().Services().Os("windows", "5.1", OsFamily.Windows), CheckStatus.NotApplicable, "w32time"),
        new CheckRow("a container", Some.KvmGuest().Services(Chronyd, With.Service(TimeServiceKind.Ntpd)).Container(),
            CheckStatus.NotApplicable),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new TimeServiceSingle(), row);
}
