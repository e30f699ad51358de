using Guestclock.Checks;
using Guestclock.Testing;
using Guestclock.Trials.Kvm;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Tests.Trials.Kvm;

public class ClockPairingTests() : KvmTrialTests(new ClockPairing())
{
    public static TheoryData<KvmRow> Rows =>
    [
        new KvmRow("answered", SomeKvm.Sound, CheckStatus.Pass, "-14 ns ± 62 ns"),
        new KvmRow("answered and not compared", Pair(SomeKvm.Sound, PairingOutcome.Answered, 0), CheckStatus.Pass, "not compared"),
        new KvmRow("answered wrongly", SomeKvm.Sound with { ClockPairing = SomeKvm.Sound.ClockPairing.Then(p => p with { PairOffsetNs = 1_000_000 }) }, CheckStatus.Warning, "1.00 ms"),
        new KvmRow("answered, and read too coarsely", SomeKvm.Sound with { ClockPairing = SomeKvm.Sound.ClockPairing.Then(p => p with { PairBoundNs = 1_000_000 }) }, CheckStatus.Unknown, "too coarsely"),
        new KvmRow("refused on hpet", Pair(SomeKvm.Unstable(), PairingOutcome.Refused, -95), CheckStatus.Warning, "clock-source"),
        new KvmRow("refused on tsc", Pair(SomeKvm.Sound, PairingOutcome.Refused, -95), CheckStatus.Warning, "lost the pair"),
        new KvmRow("refused, clock source not known", Pair(SomeKvm.Sound with { Host = new() }, PairingOutcome.Refused, -95), CheckStatus.Warning, "is not the TSC, or"),
        new KvmRow("not known to this KVM", Pair(SomeKvm.Sound, PairingOutcome.Refused, -1000), CheckStatus.Info, "ENOSYS"),
        new KvmRow("another error", Pair(SomeKvm.Sound, PairingOutcome.Refused, long.MinValue), CheckStatus.Warning, "it returned -9223372036854775808"),
        new KvmRow("never returned", Pair(SomeKvm.Sound, PairingOutcome.NeverReturned, null), CheckStatus.Warning, "never returns"),
        new KvmRow("faulted", Pair(SomeKvm.Sound, PairingOutcome.Faulted, null), CheckStatus.Warning, "ended the guest"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(KvmRow row) => Holds(row);

    private static KvmEvidence Pair(KvmEvidence evidence, PairingOutcome outcome, long? result) =>
        evidence with { ClockPairing = Some.Known(new PairingEvidence(outcome, result, null, null, "vmcall from ring 0 in 64-bit mode")) };
}
