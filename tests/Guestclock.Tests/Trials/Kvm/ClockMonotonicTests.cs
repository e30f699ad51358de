using Guestclock.Checks;
using Guestclock.Testing;
using Guestclock.Trials.Kvm.Evidence;
using Guestclock.Trials.Kvm;

namespace Guestclock.Tests.Trials.Kvm;

public class ClockMonotonicTests() : KvmTrialTests(new ClockMonotonic())
{
    public static TheoryData<KvmRow> Rows =>
    [
        new KvmRow("sound", SomeKvm.Sound, CheckStatus.Pass, "7412556 readings on 2 CPUs"),
        new KvmRow("a step of one nanosecond is rounding", Seen(w => w with { WorstClockStepNs = 1, BackwardSteps = 4 }), CheckStatus.Pass),
        new KvmRow("the TSC goes back", Seen(w => w with { WorstTscStep = 260, BackwardSteps = 9 }), CheckStatus.Critical, "260 cycles"),
        new KvmRow("kvm-clock goes back", Seen(w => w with { WorstClockStepNs = 15_000, BackwardSteps = 9 }), CheckStatus.Critical, "15.0 µs"),
        new KvmRow("kvm-clock goes back, and says so", SomeKvm.Unstable() with { Warp = SomeKvm.Sound.Warp.Then(w => w with { WorstClockStepNs = 700 }) }, CheckStatus.Warning, "by a lock"),
        new KvmRow("one CPU", Seen(w => w with { Cpus = [0], CrossReads = 0 }), CheckStatus.Pass, "the only one"),
        new KvmRow("vCPUs that hardly met", Seen(w => w with { CrossReads = 30 }), CheckStatus.Unknown, "too few"),
        new KvmRow("steps count even where they hardly met", Seen(w => w with { CrossReads = 30, WorstTscStep = 4 }), CheckStatus.Critical),
        new KvmRow("hardly any reading", Seen(w => w with { Cpus = [0], Reads = 3, CrossReads = 0 }), CheckStatus.Unknown, "too few"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(KvmRow row) => Holds(row);

    private static KvmEvidence Seen(Func<WarpEvidence, WarpEvidence> change) => SomeKvm.Sound with { Warp = SomeKvm.Sound.Warp.Then(change) };
}
