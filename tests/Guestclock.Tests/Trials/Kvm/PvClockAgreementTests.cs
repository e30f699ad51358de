using Guestclock.Checks;
using Guestclock.Protocols.PvClock;
using Guestclock.Testing;
using Guestclock.Trials.Kvm;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Tests.Trials.Kvm;

public class PvClockAgreementTests() : KvmTrialTests(new PvClockAgreement())
{
    public static TheoryData<KvmRow> Rows =>
    [
        new KvmRow("sound", SomeKvm.Sound, CheckStatus.Pass),
        new KvmRow("snapshots of two instants that agree", Pages(SomeKvm.Page, SomeKvm.Page with { TscTimestamp = SomeKvm.Page.TscTimestamp + 2_596_120, SystemTimeNs = SomeKvm.Page.SystemTimeNs + 1_000_000 }), CheckStatus.Pass),
        new KvmRow("stable, and 40 ns apart", Pages(SomeKvm.Page, SomeKvm.Page with { SystemTimeNs = SomeKvm.Page.SystemTimeNs + 40 }), CheckStatus.Critical, "40 ns apart"),
        new KvmRow("not stable, and 40 ns apart", Pages(SomeKvm.Page with { Flags = 0 }, SomeKvm.Page with { Flags = 0, SystemTimeNs = SomeKvm.Page.SystemTimeNs + 40 }), CheckStatus.Pass, "to within 40 ns"),
        new KvmRow("not stable, and 20 us apart", Pages(SomeKvm.Page with { Flags = 0 }, SomeKvm.Page with { Flags = 0, SystemTimeNs = SomeKvm.Page.SystemTimeNs + 20_000 }), CheckStatus.Warning, "20.0 µs apart"),
        new KvmRow("absurd", Pages(SomeKvm.Page with { SystemTimeNs = 0 }, SomeKvm.Page with { SystemTimeNs = ulong.MaxValue }), CheckStatus.Critical),
        new KvmRow("one vCPU", Pages(SomeKvm.Page), CheckStatus.NotApplicable, "one vCPU"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(KvmRow row) => Holds(row);

    private static KvmEvidence Pages(params IReadOnlyList<PvClockPage> pages) => SomeKvm.Sound with { Pages = Some.Known(pages) };
}
