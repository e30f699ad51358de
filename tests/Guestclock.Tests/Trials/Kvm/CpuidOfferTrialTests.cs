using Guestclock.Checks;
using Guestclock.Testing;
using Guestclock.Trials.Kvm.Evidence;
using Guestclock.Trials.Kvm;

namespace Guestclock.Tests.Trials.Kvm;

public class CpuidOfferTrialTests() : KvmTrialTests(new CpuidOfferTrial())
{
    public static TheoryData<KvmRow> Rows =>
    [
        new KvmRow("sound", SomeKvm.Sound, CheckStatus.Pass),
        new KvmRow("no clock", Offer(o => o with { KvmFeatures = 0 }), CheckStatus.Warning, "although it fills"),
        new KvmRow("no stable bit", Offer(o => o with { KvmFeatures = 0x8 }), CheckStatus.Warning, "stable bit"),
        new KvmRow("no invariant TSC", Offer(o => o with { InvariantTsc = false }), CheckStatus.Info, "an invariant TSC"),
        new KvmRow("nothing for Windows", Offer(o => o with { HyperVTime = false }), CheckStatus.Info, "emulated timers"),
        new KvmRow("Hyper-V not known", Offer(o => o with { HyperVTime = null }), CheckStatus.Pass),
        new KvmRow("no steal time and no deadline timer", Offer(o => o with { KvmFeatures = 0x0100_0008, TscDeadline = false }), CheckStatus.Info, "the TSC deadline timer, steal time"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(KvmRow row) => Holds(row);

    private static KvmEvidence Offer(Func<CpuidOffer, CpuidOffer> change) => SomeKvm.Sound with { Cpuid = SomeKvm.Sound.Cpuid.Then(change) };
}
