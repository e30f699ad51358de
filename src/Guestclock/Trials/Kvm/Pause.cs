using Guestclock.Checks;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Trials.Kvm;

/// <summary>
/// pause: a guest that is not run for a while finds the time that passed, unless its clock is set back as QEMU does on cont (hw/i386/kvm/clock.c);
/// and it is told that it was stopped (KVM_KVMCLOCK_CTRL, flag GUEST_STOPPED).
/// </summary>
public sealed class Pause : KvmTrial
{
    public override string Id => "pause";

    public override string Title => "A stopped guest's clock does what it is told";

    protected override TrialFinding JudgeClock(KvmEvidence evidence, Policy policy)
    {
        if (!evidence.Stop.TryGet(out var stop))
            return NotKnown("what a pause does to a guest's clock", evidence.Stop);
        var limit = Restoring.LimitNs(stop.StoppedNs);
        Figure[] figures =
        [
            new("stopped", stop.StoppedNs, "ns"), new("advance-run-on", stop.RunOnAdvanceNs, "ns", stop.BoundNs), new("advance-set-back", stop.SetBackAdvanceNs, "ns", stop.BoundNs),
        ];
        var jump = (double)stop.RunOnAdvanceNs - stop.StoppedNs;
        if (Margin.IsBeyond(jump, stop.BoundNs, limit))
        {
            return TrialFinding.Warning($"a guest that was stopped for {Say.Ns(stop.StoppedNs)} and run on finds {Say.Ns(stop.RunOnAdvanceNs)} gone", figures) with
            {
                Means = new("kvm-clock does not follow the host's clock over a pause", null, "downtime is not accounted for as on other hosts"),
            };
        }

        if (Margin.IsBeyond(stop.SetBackAdvanceNs, stop.BoundNs, limit))
        {
            return TrialFinding.Warning($"a guest's clock that was set back to before a pause is off by {Say.Ns(stop.SetBackAdvanceNs, stop.BoundNs)}", figures) with
            {
                Means = new("after stop and cont of QEMU kvm-clock is not where it was"),
            };
        }

        if (stop.GuestStoppedIsSet != true)
        {
            return TrialFinding.Warning("a guest that was stopped is not told so", figures) with
            {
                Reason = stop.CtrlError is { } error ? $"KVM_KVMCLOCK_CTRL: {error}" : "KVM_KVMCLOCK_CTRL did not set GUEST_STOPPED",
                Means = new("after a long pause the watchdog of Linux guests may report soft lockups that were none"),
            };
        }

        return Margin.IsCoarse(jump, stop.BoundNs, Math.Max(limit, stop.StoppedNs / 10.0)) ? TooCoarse("what a pause does to a guest's clock", Say.Ns(stop.BoundNs), figures)
            : TrialFinding.Pass("a stopped guest finds the time that passed, or stands still where its clock is set back as QEMU does; it is told that it was stopped", figures);
    }
}
