using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Protocols.PvClock;
using Guestclock.Testing;
using Guestclock.Trials.Kvm;

namespace Guestclock.Tests.Trials.Kvm;

public class MasterClockTests() : KvmTrialTests(new MasterClock())
{
    public static TheoryData<KvmRow> Rows =>
    [
        new KvmRow("sound", SomeKvm.Sound, CheckStatus.Pass),
        new KvmRow("host on hpet", SomeKvm.Unstable(), CheckStatus.Warning, "clock-source"),
        new KvmRow("host on tsc, TSCs that do not agree", SomeKvm.Unstable("tsc"), CheckStatus.Warning, "do not agree"),
        new KvmRow("no guest was run, flags say it", SomeKvm.Sound with { Pages = Some.Not<IReadOnlyList<PvClockPage>>(FactState.TimedOut) }, CheckStatus.Pass),
        new KvmRow("a kernel that does not say it before a guest runs", SomeKvm.With(k => k with { Clock = Some.Known(new KvmClock(1, 0, 0, 0)), KnownClockFlags = Some.Known(0L) }) with { Pages = Some.Not<IReadOnlyList<PvClockPage>>(FactState.TimedOut) }, CheckStatus.Unknown, "before a guest runs"),
        new KvmRow("no flag of the call, but the guest got it", SomeKvm.With(k => k with { Clock = Some.Known(new KvmClock(1, 0, 0, 0)), KnownClockFlags = Some.Known(0L) }), CheckStatus.Pass),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(KvmRow row) => Holds(row);
}
