using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Testing;
using Guestclock.Trials.Kvm;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Tests.Trials.Kvm;

public class RestoreWithRealtimeTests() : KvmTrialTests(new RestoreWithRealtime())
{
    public static TheoryData<KvmRow> Rows =>
    [
        new KvmRow("sound", SomeKvm.Sound, CheckStatus.Pass, "down for 101 ms"),
        new KvmRow("late by the downtime", Restored(r => r with { ErrorNs = -100_000_000 }), CheckStatus.Warning, "-100 ms"),
        new KvmRow("late by seconds", Restored(r => r with { ErrorNs = -2_000_000_000 }), CheckStatus.Critical, "-2.00 s"),
        new KvmRow("no TSC offset", Restored(r => r with { TscErrorCycles = null }), CheckStatus.Pass, "without the TSC"),
        new KvmRow("a TSC that stays where it was", SomeKvm.Sound with { TscOffset = SomeKvm.Sound.TscOffset.Then(o => o with { ReadBackCycles = 0 }) }, CheckStatus.Pass, "see tsc-offset"),
        new KvmRow("a wrong TSC", Restored(r => r with { TscErrorCycles = 2_596_120 }), CheckStatus.Warning, "1.00 ms"),
        new KvmRow("as uncertain as it was long", Restored(r => r with { BoundNs = 60_000_000 }), CheckStatus.Unknown, "too coarsely"),
        new KvmRow("kernel before 5.16", SomeKvm.Sound with { RestoreWithRealtime = Some.Not<RestoreEvidence>(FactState.Unsupported, "flags 0x2") }, CheckStatus.Info, "guestclock sync"),
        new KvmRow("hangs", SomeKvm.Sound with { RestoreWithRealtime = Some.Not<RestoreEvidence>(FactState.TimedOut, "did not come back") }, CheckStatus.Unknown, "did not come back"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(KvmRow row) => Holds(row);

    private static KvmEvidence Restored(Func<RestoreEvidence, RestoreEvidence> change) => SomeKvm.Sound with { RestoreWithRealtime = SomeKvm.Sound.RestoreWithRealtime.Then(change) };
}
