using Guestclock.Checks;
using Guestclock.Checks.TimeServices;
using Guestclock.Facts;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks.TimeServices;

public class TimeServiceRunningTests() : CheckTests(new TimeServiceRunning())
{
    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("chronyd in a guest", Some.KvmGuest().Chrony(), CheckStatus.Pass, "chronyd (process 7)"),
        new CheckRow("timesyncd on a host", Some.KvmHost().Services(With.Service(TimeServiceKind.Timesyncd)), CheckStatus.Pass,
            "systemd-timesyncd"),
        new CheckRow("a guest without any service", Some.KvmGuest().Services(), CheckStatus.Critical, "apt-get install -y chrony"),
        new CheckRow("a host without any service", Some.KvmHost().Services().Os("rocky", "9.4", OsFamily.RedHat), CheckStatus.Critical,
            "systemctl enable --now chronyd"),
        new CheckRow("RHEL 5 without any service", Some.KvmGuest().Services().Os("rhel", "5.4", OsFamily.RedHat), CheckStatus.Critical,
            "chkconfig ntpd on"),
        new CheckRow("installed but stopped", Some.KvmGuest().Services(With.Service(TimeServiceKind.Chronyd, running: false)),
            CheckStatus.Critical, "systemctl enable --now chrony"),
        new CheckRow("only chronyd -x", Some.KvmGuest().Services(With.Service(TimeServiceKind.Chronyd, true, true, "-x")),
            CheckStatus.Critical, "does not set the system clock"),
        new CheckRow("ptp4l without phc2sys", Some.KvmHost().Services(With.Service(TimeServiceKind.Ptp4l)), CheckStatus.Critical,
            "phc2sys"),
        new CheckRow("a VirtualBox guest without a service", Some.KvmGuest().Services().Is(Role.VirtualBoxGuest), CheckStatus.Warning,
            "VBoxService"),
        new CheckRow("a XenLinux guest that follows dom0", Some.KvmGuest().Services().Is(Role.XenGuest) with
        {
            Xen = new() { IndependentWallclock = Some.Known("0") },
        }, CheckStatus.Warning, "dom0"),
        new CheckRow("an image", Some.KvmGuest().Services(With.InImage(TimeServiceKind.Chronyd)), CheckStatus.Unknown,
            "an image has no processes"),
        new CheckRow("an image without a service",
            Some.KvmGuest() with { Services = new() { TimeServices = Some.List<TimeService>(),
                Processes = Some.Not<long>(FactState.NotRecorded, "an image has no processes") } }, CheckStatus.Unknown, "image"),
        new CheckRow("Windows", Some.KvmGuest().Services().Os("windows", "5.1", OsFamily.Windows), CheckStatus.NotApplicable, "w32time"),
        new CheckRow("a container", Some.KvmGuest().Services().Container(), CheckStatus.NotApplicable, "host"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new TimeServiceRunning(), row);
}
