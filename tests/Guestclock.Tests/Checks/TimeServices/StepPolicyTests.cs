using Guestclock.Checks;
using Guestclock.Checks.TimeServices;
using Guestclock.Facts;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks.TimeServices;

public class StepPolicyTests() : CheckTests(new StepPolicy())
{
    private static readonly TimeService Ntpd = With.Service(TimeServiceKind.Ntpd, true, true, "-u", "ntp:ntp", "-g");
    private static readonly Assumed Pauses = new() { Pauses = true };

    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("at any time", Some.KvmGuest().Chrony("makestep 1 -1"), CheckStatus.Pass, "more than 1 s"),
        new CheckRow("the last line counts", Some.KvmGuest().Chrony("makestep 1 3", "MAKESTEP 0.1 -1"), CheckStatus.Pass, "0.1 s"),
        new CheckRow("the default of distributions", Some.KvmGuest().Chrony("rtcsync", "makestep 1.0 3"), CheckStatus.Warning,
            "first 3 updates: after a pause of 60 s the clock stays wrong for 12 min"),
        new CheckRow("its remedy", Some.KvmGuest().Chrony("makestep 1.0 3"), CheckStatus.Warning,
            "makestep 1 -1/I' /etc/chrony/chrony.conf"),
        new CheckRow("a slower slew rate", Some.KvmGuest().Chrony("maxslewrate 500", "makestep 1.0 3"), CheckStatus.Warning, "33 h"),
        new CheckRow("no makestep", Some.KvmGuest().Chrony("rtcsync"), CheckStatus.Warning,
            "echo 'makestep 1 -1' >> /etc/chrony/chrony.conf"),
        new CheckRow("only above an hour", Some.KvmGuest().Chrony("makestep 3600 -1"), CheckStatus.Warning, "12 h"),
        new CheckRow("maxchange", Some.KvmGuest().Chrony("makestep 1 -1", "maxchange 1000 1 2"), CheckStatus.Warning, "makes chronyd end"),
        new CheckRow("a line of no file", Some.KvmGuest().Chrony("rtcsync") with { Services = OnCommandLine }, CheckStatus.Warning,
            "makestep 1 -1"),
        new CheckRow("nonsense", Some.KvmGuest().Chrony("makestep x y"), CheckStatus.Warning, "never steps"),
        new CheckRow("ntpd with its panic threshold", Some.KvmGuest().Other(Ntpd, "server a"), CheckStatus.Warning, "1i tinker panic 0"),
        new CheckRow("ntpd as VMs need it", Some.KvmGuest().Other(Ntpd, "tinker panic 0", "server a"), CheckStatus.Pass, "0.128 s"),
        new CheckRow("ntpd -x", Some.KvmGuest().Other(With.Service(TimeServiceKind.Ntpd, true, true, "-xg"), "tinker panic 0"),
            CheckStatus.Warning, "33 h"),
        new CheckRow("ntpd never steps", Some.KvmGuest().Other(Ntpd, "tinker step 0 panic 0"), CheckStatus.Warning, "never steps"),
        new CheckRow("timesyncd", Some.KvmGuest().Services(With.Service(TimeServiceKind.Timesyncd)), CheckStatus.Pass, "0.4 s"),
        new CheckRow("ntpd-rs", Some.KvmGuest().Services(With.Service(TimeServiceKind.NtpdRs)), CheckStatus.Pass, "1000 s"),
        new CheckRow("OpenNTPD", Some.KvmGuest().Services(With.Service(TimeServiceKind.Openntpd)), CheckStatus.Warning, "33 h"),
        new CheckRow("phc2sys without a threshold",
            Some.KvmGuest().Services(With.Service(TimeServiceKind.Phc2sys, true, true, "-s", "eth0")), CheckStatus.Warning, "-S 1"),
        new CheckRow("phc2sys with one", Some.KvmGuest().Services(With.Service(TimeServiceKind.Phc2sys, true, true, "-S", "0.5")),
            CheckStatus.Pass, "0.5 s"),
        new CheckRow("an image", Some.KvmGuest().Services(With.InImage(TimeServiceKind.Chronyd)).ChronyConf("makestep 1 3"),
            CheckStatus.Warning),
        new CheckRow("a host that is said to pause", Some.KvmHost().Chrony("makestep 1 3") with { Assumed = Pauses }, CheckStatus.Warning),
        new CheckRow("no configuration", Some.KvmGuest().Services(With.Service(TimeServiceKind.Chronyd)), CheckStatus.Unknown),
        new CheckRow("roles not known", Some.KvmGuest() with { Identity = new() }, CheckStatus.Unknown),
        new CheckRow("a host", Some.KvmHost().Chrony("makestep 1 3"), CheckStatus.NotApplicable, "no hypervisor"),
        new CheckRow("a guest that is said never to pause", Some.KvmGuest().Chrony("makestep 1 3")
            with { Assumed = new() { Pauses = false } }, CheckStatus.NotApplicable, "assumed"),
        new CheckRow("no service", Some.KvmGuest().Services(), CheckStatus.NotApplicable),
        new CheckRow("busybox's ntpd", With.Busybox(), CheckStatus.Pass),
        new CheckRow("Windows", Some.KvmGuest().Services().Os("windows", "5.1", OsFamily.Windows), CheckStatus.NotApplicable, "w32time"),
        new CheckRow("a container", Some.KvmGuest().Chrony().Container(), CheckStatus.NotApplicable),
    ];

    private static ServiceFacts OnCommandLine => Some.KvmGuest().Chrony().Services with
    {
        ChronyConf = Some.Known(new ChronyConfiguration("command line", [new("makestep", ["1", "3"], "command line")], [])),
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new StepPolicy(), row);
}
