using Guestclock.Checks;
using Guestclock.Testing;
using Guestclock.Trials.Kvm.Evidence;
using Guestclock.Trials.Kvm;

namespace Guestclock.Tests.Trials.Kvm;

public class PauseTests() : KvmTrialTests(new Pause())
{
    public static TheoryData<KvmRow> Rows =>
    [
        new KvmRow("sound", SomeKvm.Sound, CheckStatus.Pass),
        new KvmRow("stands still by itself", Stop(s => s with { RunOnAdvanceNs = 0 }), CheckStatus.Warning, "run on finds 0 ns gone"),
        new KvmRow("is not set back", Stop(s => s with { SetBackAdvanceNs = 100_000_000 }), CheckStatus.Warning, "off by 100 ms"),
        new KvmRow("is not told", Stop(s => s with { GuestStoppedIsSet = false }), CheckStatus.Warning, "GUEST_STOPPED"),
        new KvmRow("cannot be told", Stop(s => s with { GuestStoppedIsSet = null, CtrlError = "EINVAL" }), CheckStatus.Warning, "EINVAL"),
        new KvmRow("as uncertain as the pause was long", Stop(s => s with { BoundNs = 200_000_000 }), CheckStatus.Unknown, "too coarsely"),
        new KvmRow("absurd", Stop(s => s with { StoppedNs = long.MinValue, RunOnAdvanceNs = long.MaxValue }), CheckStatus.Warning),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(KvmRow row) => Holds(row);

    private static KvmEvidence Stop(Func<StopEvidence, StopEvidence> change) => SomeKvm.Sound with { Stop = SomeKvm.Sound.Stop.Then(change) };
}
