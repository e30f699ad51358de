using Guestclock.Checks;
using Guestclock.Testing;
using Guestclock.Trials.Kvm.Evidence;
using Guestclock.Trials.Kvm;

namespace Guestclock.Tests.Trials.Kvm;

public class RestoreWithoutRealtimeTests() : KvmTrialTests(new RestoreWithoutRealtime())
{
    public static TheoryData<KvmRow> Rows =>
    [
        new KvmRow("as QEMU does", SomeKvm.Sound, CheckStatus.Info, "late by the whole downtime (100 ms in this test)"),
        new KvmRow("a TSC that went on", Restored(r => r with { TscErrorCycles = 260_584_194 }), CheckStatus.Info, "see tsc-offset"),
        new KvmRow("somewhere else", Restored(r => r with { ErrorNs = 50_000_000 }), CheckStatus.Warning, "50.0 ms"),
        new KvmRow("seconds off", Restored(r => r with { ErrorNs = long.MaxValue }), CheckStatus.Critical),
        new KvmRow("as uncertain as it was long", Restored(r => r with { BoundNs = 60_000_000 }), CheckStatus.Unknown, "too coarsely"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(KvmRow row) => Holds(row);

    private static KvmEvidence Restored(Func<RestoreEvidence, RestoreEvidence> change) => SomeKvm.Sound with { RestoreWithoutRealtime = SomeKvm.Sound.RestoreWithoutRealtime.Then(change) };
}
