using Guestclock.Checks;
using Guestclock.Checks.TimeServices;
using Guestclock.Facts;
using Guestclock.Protocols.Chrony;
using Guestclock.Testing;
using Guestclock.Units;

namespace Guestclock.Tests.Checks.TimeServices;

public class ClockSynchronizedTests() : CheckTests(new ClockSynchronized())
{
    private static readonly MachineFacts Guest = Some.KvmGuest().Uptime(100_000);
    private static readonly MachineFacts Chrony = Guest.Chrony("rtcsync").Kernel(true);
    private static readonly MachineFacts Timesyncd = Guest.Services(With.Service(TimeServiceKind.Timesyncd)).Kernel(true);
    private static readonly MachineFacts Ntpd = Guest.Other(With.Service(TimeServiceKind.Ntpd)).Kernel(true);

    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("chrony, all is well", Chrony.Tracking(), CheckStatus.Pass, "offset 1.00 µs, error at most 1.50 ms"),
        new CheckRow("chrony without rtcsync leaves the kernel's flag set", Guest.Chrony().Kernel(false, 16_000_000).Tracking(),
            CheckStatus.Pass, "without rtcsync"),
        new CheckRow("chrony with rtcsync and the flag set", Guest.Chrony("rtcsync").Kernel(false, 16_000_000).Tracking(), CheckStatus.Pass,
            "next update"),
        new CheckRow("chrony not synchronised", Guest.Chrony("rtcsync").Kernel(false).Tracking(stratum: 0, leap: 3), CheckStatus.Critical,
            "not synchronised to any source"),
        new CheckRow("chrony just started", Guest.Chrony().Kernel(false).Tracking(stratum: 0, leap: 3).Uptime(20), CheckStatus.Warning,
            "20.0 s after boot"),
        new CheckRow("chrony's own clock", Chrony.Tracking(stratum: 10, id: "7F7F0101", address: ""), CheckStatus.Warning, "free-running"),
        new CheckRow("slow by 20 s after a pause", Chrony.Tracking(correctionNs: 20_000_000_000), CheckStatus.Critical, "20.0 s slow"),
        new CheckRow("fast by 40 ms", Chrony.Tracking(correctionNs: -40_000_000), CheckStatus.Warning, "40.0 ms fast"),
        new CheckRow("slow by 40 ms, allowed by policy", Chrony.Tracking(correctionNs: 40_000_000),
            CheckStatus.Pass) { Policy = new() { OffsetWarning = Nanoseconds.FromMilliseconds(100) } },
        new CheckRow("sources not heard for long", Chrony.Tracking(dispersionNs: 300_000_000), CheckStatus.Warning,
            "wrong by up to 301 ms"),
        new CheckRow("sources not heard for very long", Chrony.Tracking(dispersionNs: 3_000_000_000), CheckStatus.Critical,
            "wrong by up to 3.00 s"),
        new CheckRow("a lying chronyd", Chrony.Tracking(correctionNs: long.MinValue, dispersionNs: long.MaxValue), CheckStatus.Critical),
        new CheckRow("chronyd -x", Guest.Services(With.Service(TimeServiceKind.Chronyd, true, true, "-x")).Kernel(false).Tracking(),
            CheckStatus.Critical, "may not set it"),
        new CheckRow("chronyd -x beside phc2sys",
            Guest.Services(With.Service(TimeServiceKind.Chronyd, true, true, "-x"),
            With.Service(TimeServiceKind.Phc2sys)).Kernel(true).Tracking(), CheckStatus.Pass, "phc2sys"),
        new CheckRow("chrony does not answer and has no rtcsync", Guest.Chrony().Kernel(false)
            with { Chrony = new() { Tracking = Some.Not<ChronyTracking>(FactState.TimedOut, "no answer") } },
            CheckStatus.Unknown, "no answer"),
        new CheckRow("chrony does not answer, but its rtcsync says enough", Guest.Chrony("rtcsync").Kernel(false), CheckStatus.Critical,
            "kernel says"),
        new CheckRow("timesyncd", Timesyncd with { Services = Timesyncd.Services with { TimesyncdSynchronized = Some.Known(true) } },
            CheckStatus.Pass, "40.0 s ago"),
        new CheckRow("timesyncd has never synchronised", Timesyncd
            with { Services = Timesyncd.Services with { TimesyncdSynchronized = Some.Known(false) } }, CheckStatus.Critical,
            "timedatectl timesync-status"),
        new CheckRow("timesyncd without a server", Timesyncd.Kernel(false, 16_000_000), CheckStatus.Critical, "kernel says"),
        new CheckRow("timesyncd lost its server", Timesyncd.Kernel(true, 9_000_000), CheckStatus.Warning, "5.00 h"),
        new CheckRow("ntpd", Ntpd, CheckStatus.Pass),
        new CheckRow("ntpd still corrects", Ntpd.Kernel(true, 20_000, -60_000_000), CheckStatus.Warning, "60.0 ms"),
        new CheckRow("ntpd unsynchronised", Ntpd.Kernel(false), CheckStatus.Critical, "ntpq -pn"),
        new CheckRow("ntpd -x does not use the kernel",
            Guest.Other(With.Service(TimeServiceKind.Ntpd, true, true, "-g", "-x")).Kernel(false), CheckStatus.Unknown, "ntpq -c rv"),
        new CheckRow("no service, never synchronised", Guest.Services().Kernel(false, 16_000_000), CheckStatus.Critical,
            "no time service runs"),
        new CheckRow("no service, but it was synchronised", Guest.Services().Kernel(true, 1_800_000), CheckStatus.Warning, "1.00 h"),
        new CheckRow("no service in VirtualBox", Guest.Services().Kernel(false).Is(Role.VirtualBoxGuest), CheckStatus.Warning,
            "VBoxService"),
        new CheckRow("an image", Some.KvmGuest().Services(With.InImage(TimeServiceKind.Chronyd))
            with { Clock = new() { KernelTime = Some.Not<KernelTime>(FactState.NotRecorded, "an image has no kernel") } },
            CheckStatus.Unknown, "image"),
        new CheckRow("busybox's ntpd", With.Busybox().Kernel(false), CheckStatus.Unknown),
        new CheckRow("Windows", Some.KvmGuest().Services().Os("windows", "5.1", OsFamily.Windows), CheckStatus.NotApplicable, "w32time"),
        new CheckRow("a container on a host that is synchronised", Chrony.Tracking().Container(), CheckStatus.Pass, "host's kernel"),
        new CheckRow("a container on a host whose kernel is not told", Unsynchronised(Chrony.Tracking().Container()), CheckStatus.Unknown, "check the host"),
        new CheckRow("a container whose kernel may not be asked", Unasked(Chrony.Tracking().Container()), CheckStatus.NotApplicable),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new ClockSynchronized(), row);

    private static MachineFacts Unsynchronised(MachineFacts facts) =>
        facts with { Clock = facts.Clock with { KernelTime = Some.Known(new KernelTime(5, KernelTime.Unsynchronised, 0, 0, 16_000_000, 16_000_000, 0)) } };

    private static MachineFacts Unasked(MachineFacts facts) =>
        facts with { Clock = facts.Clock with { KernelTime = Some.Not<KernelTime>(FactState.Denied, "operation not permitted") } };
}
