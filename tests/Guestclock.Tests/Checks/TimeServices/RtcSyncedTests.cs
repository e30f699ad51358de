using Guestclock.Checks;
using Guestclock.Checks.TimeServices;
using Guestclock.Facts;
using Guestclock.Testing;
using Guestclock.Units;

namespace Guestclock.Tests.Checks.TimeServices;

public class RtcSyncedTests() : CheckTests(new RtcSynced())
{
    private const long Second = 1_000_000_000;

    private static readonly MachineFacts Host = Some.KvmHost().Chrony("rtcsync");

    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("rtcsync", Rtc(Host, Second), CheckStatus.Pass, "rtcsync"),
        new CheckRow("rtcfile", Rtc(Some.KvmHost().Chrony("rtcfile /var/lib/chrony/rtc"), Second), CheckStatus.Pass, "rtcfile"),
        new CheckRow("timesyncd", Rtc(Some.KvmHost().Services(With.Service(TimeServiceKind.Timesyncd)), Second), CheckStatus.Pass,
            "11 minutes"),
        new CheckRow("a host without rtcsync", Rtc(Some.KvmHost().Chrony("makestep 1 3"), Second), CheckStatus.Warning,
            "echo rtcsync >> /etc/chrony/chrony.conf"),
        new CheckRow("a guest without rtcsync", Rtc(Some.KvmGuest().Chrony("makestep 1 3"), Second), CheckStatus.Info, "follows the host"),
        new CheckRow("a host with ntpd -x", Rtc(Some.KvmHost().Other(With.Service(TimeServiceKind.Ntpd, true, true, "-x")), Second),
            CheckStatus.Warning, "hwclock --systohc"),
        new CheckRow("off by a minute", Rtc(Host, 60 * Second), CheckStatus.Warning, "60.0 s off"),
        new CheckRow("off by a minute, allowed by policy", Rtc(Host, 60 * Second),
            CheckStatus.Pass) { Policy = new() { RtcOffsetWarning = Nanoseconds.FromMilliseconds(100_000) } },
        new CheckRow("off within its bound", Rtc(Host, (5 * Second) + 1), CheckStatus.Pass),
        new CheckRow("off, but the system clock is to blame", Rtc(Host.Kernel(false), 60 * Second), CheckStatus.Warning, "unsynchronised"),
        new CheckRow("local time read as UTC", Rtc(Host, 7200 * Second), CheckStatus.Warning, "+2:00"),
        new CheckRow("local time west of Greenwich", Rtc(Host, (-12600 * Second) + 1), CheckStatus.Warning, "-3:30"),
        new CheckRow("local time that is said to be", Rtc(Host, 7200 * Second, "LOCAL"), CheckStatus.Pass),
        new CheckRow("local time that is off", Rtc(Host, 7260 * Second, "LOCAL"), CheckStatus.Warning, "60.0 s"),
        new CheckRow("years off", Rtc(Host, long.MinValue), CheckStatus.Warning),
        new CheckRow("may not be read", Rtc(Host, Some.Not<RtcReading>(FactState.Denied, "permission denied")), CheckStatus.Pass,
            "permission denied"),
        new CheckRow("a microVM", Some.KvmGuest().Chrony("rtcsync") with { Devices = new() { Rtcs = Some.List<RtcDevice>() } },
            CheckStatus.Info, "guest-set-time"),
        new CheckRow("a board without RTC", Host with { Devices = new() { Rtcs = Some.Missing<IReadOnlyList<RtcDevice>>() } },
            CheckStatus.Info, "after each boot"),
        new CheckRow("no service", Rtc(Some.KvmHost().Services(), Second), CheckStatus.Info, "time-service-running"),
        new CheckRow("an image", Some.KvmHost().Services(With.InImage(TimeServiceKind.Chronyd)).ChronyConf("rtcsync")
            with { Devices = Absent }, CheckStatus.Pass),
        new CheckRow("an image that tells nothing", Some.KvmHost() with { Devices = Absent }, CheckStatus.Unknown),
        new CheckRow("devices not known", Host with { Devices = new() }, CheckStatus.Unknown),
        new CheckRow("Windows", Some.KvmGuest().Services().Os("windows", "5.1", OsFamily.Windows), CheckStatus.NotApplicable, "w32time"),
        new CheckRow("a container", Rtc(Host, Second).Container(), CheckStatus.NotApplicable),
    ];

    private static DeviceFacts Absent => new(
        )
    { Rtcs = Some.Not<IReadOnlyList<RtcDevice>>(FactState.NotRecorded, "an image has no devices") };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new RtcSynced(), row);

    private static MachineFacts Rtc(MachineFacts facts, long offsetNs, string scale = "UTC") =>
        Rtc(facts, Some.Known(new RtcReading(offsetNs, Second / 2)), scale);

    private static MachineFacts Rtc(MachineFacts facts, Fact<RtcReading> reading, string scale = "UTC") => facts with
    {
        Devices = new() { Rtcs = Some.List(new RtcDevice("/dev/rtc0", "rtc_cmos", true, reading)), RtcTimeScale = Some.Known(scale) },
    };
}
