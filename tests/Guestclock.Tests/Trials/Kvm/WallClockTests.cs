using Guestclock.Checks;
using Guestclock.Testing;
using Guestclock.Trials.Kvm.Evidence;
using Guestclock.Trials.Kvm;

namespace Guestclock.Tests.Trials.Kvm;

public class WallClockTests() : KvmTrialTests(new WallClock())
{
    public static TheoryData<KvmRow> Rows =>
    [
        new KvmRow("sound", SomeKvm.Sound, CheckStatus.Pass, "-35 ns ± 90 ns"),
        new KvmRow("20 ms ahead", Wall(20_000_000, 100), CheckStatus.Warning, "20.0 ms"),
        new KvmRow("an hour behind", Wall(-3_600_000_000_000, 100), CheckStatus.Critical),
        new KvmRow("20 ms, which the policy allows", Wall(20_000_000, 100), CheckStatus.Pass) { Policy = new() { OffsetWarning = new(50_000_000) } },
        new KvmRow("as uncertain as it is wrong", Wall(20_000_000, 15_000_000), CheckStatus.Unknown, "too coarsely"),
        new KvmRow("absurd", Wall(long.MinValue, 0), CheckStatus.Critical),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(KvmRow row) => Holds(row);

    private static KvmEvidence Wall(long offset, long bound) => SomeKvm.Sound with { WallClock = SomeKvm.Sound.WallClock.Then(w => w with { OffsetNs = offset, BoundNs = bound }) };
}
