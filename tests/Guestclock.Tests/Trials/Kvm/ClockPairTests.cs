using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Testing;
using Guestclock.Trials.Kvm;

namespace Guestclock.Tests.Trials.Kvm;

public class ClockPairTests() : KvmTrialTests(new ClockPair())
{
    public static TheoryData<KvmRow> Rows =>
    [
        new KvmRow("sound", SomeKvm.Sound, CheckStatus.Pass, "realtime"),
        new KvmRow("kernel before 5.16", SomeKvm.With(k => k with { Clock = Some.Known(new KvmClock(1, 2, 0, 0)), KnownClockFlags = Some.Known(2L) }), CheckStatus.Info, "since 5.16"),
        new KvmRow("stable without pair", SomeKvm.With(k => k with { Clock = Some.Known(new KvmClock(1, 2, 0, 0)) }), CheckStatus.Info, "although"),
        new KvmRow("not stable", SomeKvm.Unstable(), CheckStatus.Info, "master-clock"),
        new KvmRow("refused", SomeKvm.With(k => k with { Clock = Some.Not<KvmClock>(FactState.Failed, "EINVAL") }), CheckStatus.Unknown, "EINVAL"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(KvmRow row) => Holds(row);
}
