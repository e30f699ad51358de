using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Testing;
using Guestclock.Trials.Kvm;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Tests.Trials.Kvm;

public class TscOffsetTests() : KvmTrialTests(new TscOffset())
{
    public static TheoryData<KvmRow> Rows =>
    [
        new KvmRow("sound", SomeKvm.Sound, CheckStatus.Pass),
        new KvmRow("reads another back", Seen(o => o with { ReadBackCycles = 0 }), CheckStatus.Warning, "but then says 0"),
        new KvmRow("the guest sees another", Seen(o => o with { SeenErrorCycles = -12_000 }), CheckStatus.Warning, "-12000 cycles"),
        new KvmRow("kernel before 5.16", SomeKvm.Sound with { TscOffset = Some.Not<TscOffsetEvidence>(FactState.Unsupported, "KVM_SET_DEVICE_ATTR: ENXIO") }, CheckStatus.Info, "as QEMU does"),
        new KvmRow("the vCPU hangs", SomeKvm.Sound with { TscOffset = Some.Not<TscOffsetEvidence>(FactState.TimedOut, "did not come back") }, CheckStatus.Unknown, "did not come back"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(KvmRow row) => Holds(row);

    private static KvmEvidence Seen(Func<TscOffsetEvidence, TscOffsetEvidence> change) => SomeKvm.Sound with { TscOffset = SomeKvm.Sound.TscOffset.Then(change) };
}
