using Guestclock.Checks;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Trials.Kvm;

/// <summary>clock-pair: KVM_GET_CLOCK tells the host's realtime and TSC of the same instant (flags 4 and 8, since Linux 5.16).</summary>
public sealed class ClockPair : KvmTrial
{
    private const long RealtimeFlag = 4;

    public override string Id => "clock-pair";

    public override string Title => "A guest's clock is told with the host's realtime and TSC";

    protected override TrialFinding JudgeClock(KvmEvidence evidence, Policy policy)
    {
        if (!evidence.Kvm.Clock.TryGet(out var clock))
            return NotKnown("KVM_GET_CLOCK", evidence.Kvm.Clock);
        var flags = new Figure("flags", clock.Flags, "");
        if (clock.HasRealtime && clock.HasHostTsc)
            return TrialFinding.Pass("KVM_GET_CLOCK comes with the host's realtime and TSC of the same instant", flags);
        var why = evidence.Kvm.KnownClockFlags.Is(k => (k & RealtimeFlag) == 0) ? "kernels know it since 5.16"
            : clock.IsStable ? "although the clock is stable" : "it comes with a stable clock only: see master-clock";
        return TrialFinding.Info("KVM_GET_CLOCK comes without the host's realtime and TSC", flags) with
        {
            Reason = why,
            Means = new(Migration: "a restored guest's clock cannot be set by KVM itself to what it would be had it run on"),
        };
    }
}
