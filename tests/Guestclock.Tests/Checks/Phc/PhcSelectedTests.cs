using Guestclock.Checks;
using Guestclock.Checks.Phc;
using Guestclock.Facts;
using Guestclock.Protocols.Chrony;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks.Phc;

public class PhcSelectedTests() : CheckTests(new PhcSelected())
{
    private static MachineFacts Guest => Some.KvmGuest().Chrony("PHC /dev/ptp_kvm poll 2").With(PhcFacts.Kvm());

    private static MachineFacts Behind(long ms) => Guest.With(PhcFacts.Kvm(offsetNs: ms * PhcFacts.Millisecond));

    public static TheoryData<CheckRow> Rows =>
    [
        new CheckRow("selected", Guest.Sources(PhcFacts.Phc(ChronySourceState.Selected), PhcFacts.Server(ChronySourceState.NotCombined)),
            CheckStatus.Pass, "PHC0"),
        new CheckRow("combined", Guest.Sources(PhcFacts.Phc(ChronySourceState.Combined)), CheckStatus.Pass, "together"),
        new CheckRow("under its refid", Guest.Chrony("SHM 0", "PHC /dev/ptp_kvm refid KVM")
            .Sources(PhcFacts.Phc(ChronySourceState.Selected, name: "KVM")), CheckStatus.Pass, "KVM"),
        new CheckRow("number among all reference clocks", Guest.Chrony("SHM 0", "PHC /dev/ptp_kvm")
            .Sources(PhcFacts.Phc(ChronySourceState.Selected, name: "PHC1")), CheckStatus.Pass, "PHC1"),
        new CheckRow("not combined", Guest.Sources(PhcFacts.Phc(ChronySourceState.NotCombined)), CheckStatus.Info, "prefers another"),
        new CheckRow("not selected yet", Guest.Sources(PhcFacts.Phc(ChronySourceState.NonSelectable, 1)), CheckStatus.Info, "not selected"),
        new CheckRow("noselect on purpose", Guest.Chrony("PHC /dev/ptp_kvm noselect")
            .Sources(PhcFacts.Phc(ChronySourceState.NonSelectable)), CheckStatus.Info, "noselect"),
        new CheckRow("falseticker", Guest.Sources(PhcFacts.Phc(ChronySourceState.Falseticker)), CheckStatus.Warning, "falseticker"),
        new CheckRow("jittery", Guest.Sources(PhcFacts.Phc(ChronySourceState.Jittery)), CheckStatus.Warning),
        new CheckRow("stopped answering", Guest.Sources(PhcFacts.Phc(ChronySourceState.NonSelectable, 0, 4000)), CheckStatus.Warning,
            "systemctl restart chrony"),
        new CheckRow("never answered", Guest.Sources(PhcFacts.Phc(ChronySourceState.NonSelectable, 0, uint.MaxValue)),
            CheckStatus.Warning, "not had a sample"),
        new CheckRow("chronyd does not have it", Guest.Sources(PhcFacts.Server(ChronySourceState.Selected)), CheckStatus.Warning,
            "started before"),
        new CheckRow("20 s behind its host", Behind(20_000).Sources(PhcFacts.Phc(ChronySourceState.Selected)), CheckStatus.Critical,
            "20.0 s behind"),
        new CheckRow("20 ms ahead of its host", Behind(-20).Sources(PhcFacts.Phc(ChronySourceState.Selected)), CheckStatus.Warning,
            "20.0 ms ahead of"),
        new CheckRow("the reading's bound covers it",
            Guest.With(new PtpClock("/dev/ptp0", "KVM virtual PTP", [],
            Some.Known(new PtpReading(30 * PhcFacts.Millisecond, 25 * PhcFacts.Millisecond, "plain"))))
            .Sources(PhcFacts.Phc(ChronySourceState.Selected)), CheckStatus.Pass),
        new CheckRow("host wrong, guest follows servers", Behind(20_000)
            .Sources(PhcFacts.Phc(ChronySourceState.Falseticker), PhcFacts.Server(ChronySourceState.Selected)), CheckStatus.Warning,
            "the host's clock is wrong"),
        new CheckRow("paused: the servers agreed only long ago", Behind(20_000)
            .Sources(PhcFacts.Server(ChronySourceState.Selected) with { SinceSampleS = 900 }), CheckStatus.Critical, "20.0 s behind"),
        new CheckRow("paused: the servers say so too", Behind(20_000)
            .Sources(PhcFacts.Server(ChronySourceState.Selected) with { OffsetNs = -20 * PhcFacts.Second }), CheckStatus.Critical),
        new CheckRow("timesyncd, far from its host", Behind(20_000)
            with { Services = new() { ChronyConf = Some.Missing<ChronyConfiguration>() } }, CheckStatus.Critical, "20.0 s"),
        new CheckRow("a policy of its own", Behind(20).Sources(PhcFacts.Phc(ChronySourceState.Selected)), CheckStatus.Pass)
            { Policy = Policy.Default with { PhcOffsetWarning = Guestclock.Units.Nanoseconds.FromMilliseconds(50) } },
        new CheckRow("a network card's clock is not judged", Guest.With(PhcFacts.Nic("/dev/ptp1"))
            .Sources(PhcFacts.Phc(ChronySourceState.Selected)), CheckStatus.Pass),
        new CheckRow("vmclock of TAI", Guest.With(PhcFacts.VmClock((37 * PhcFacts.Second) + 5000))
            .Sources(PhcFacts.Phc(ChronySourceState.Selected)), CheckStatus.Pass),
        new CheckRow("vmclock of TAI, and the guest is off",
            Guest.With(PhcFacts.VmClock((37 * PhcFacts.Second) + (100 * PhcFacts.Millisecond)))
            .Sources(PhcFacts.Phc(ChronySourceState.Selected)), CheckStatus.Warning, "100 ms behind"),
        new CheckRow("vmclock of UTC taken for TAI", Guest.With(PhcFacts.VmClock(-37 * PhcFacts.Second))
            .Sources(PhcFacts.Phc(ChronySourceState.Selected)), CheckStatus.Warning, "wrong time scale"),
        new CheckRow("no refclock, but it agrees", Some.KvmGuest().Chrony().With(PhcFacts.Kvm()), CheckStatus.NotApplicable, "agrees"),
        new CheckRow("no refclock, no clock", Some.KvmGuest().Chrony().With(), CheckStatus.NotApplicable, "phc-refclock"),
        new CheckRow("chronyd does not answer", Guest
            with { Chrony = new() { Sources = Some.Not<IReadOnlyList<ChronySource>>(FactState.TimedOut) } }, CheckStatus.Unknown),
        new CheckRow("host", Some.KvmHost().With(PhcFacts.Nic("/dev/ptp0")), CheckStatus.NotApplicable),
        new CheckRow("absurd numbers", Guest.With(new PtpClock("/dev/ptp0", "hyperv", [],
            Some.Known(new PtpReading(long.MinValue, long.MaxValue, "plain")))), CheckStatus.Unknown),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(CheckRow row) => Holds(new PhcSelected(), row);
}
