using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Protocols.PvClock;
using Guestclock.Testing;
using Guestclock.Trials.Kvm;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Tests.Trials.Kvm;

public class PvClockStructureTests() : KvmTrialTests(new PvClockStructure())
{
    public static TheoryData<KvmRow> Rows =>
    [
        new KvmRow("sound", SomeKvm.Sound, CheckStatus.Pass, "marked stable"),
        new KvmRow("not stable, as the host", SomeKvm.Unstable(), CheckStatus.Pass, "see master-clock"),
        new KvmRow("some stable", Pages(SomeKvm.Page, SomeKvm.Page with { Flags = 0 }), CheckStatus.Warning, "only 1 of 2 vCPUs"),
        new KvmRow("being written", Pages(SomeKvm.Page, SomeKvm.Page with { Version = 3 }), CheckStatus.Critical, "vCPU 1"),
        new KvmRow("never written", Pages(default(PvClockPage)), CheckStatus.Critical, "never written"),
        new KvmRow("no multiplier", Pages(SomeKvm.Page with { Multiplier = 0 }), CheckStatus.Critical, "multiplier is 0"),
        new KvmRow("a shift beyond the word", Pages(SomeKvm.Page with { Shift = -40 }), CheckStatus.Critical, "shift is -40"),
        new KvmRow("another frequency", Pages(SomeKvm.Page with { Shift = 0 }), CheckStatus.Warning, "but KVM says 2596120 kHz"),
        new KvmRow("no vCPU", Pages(), CheckStatus.Unknown, "no vCPU"),
        new KvmRow("hangs", SomeKvm.Sound with { Pages = Some.Not<IReadOnlyList<PvClockPage>>(FactState.TimedOut, "did not come back") }, CheckStatus.Unknown, "did not come back"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(KvmRow row) => Holds(row);

    private static KvmEvidence Pages(params IReadOnlyList<PvClockPage> pages) => SomeKvm.Sound with { Pages = Some.Known(pages) };
}
