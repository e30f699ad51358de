using Guestclock.Checks;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Trials.Kvm;

/// <summary>
/// restore-without-realtime: what QEMU does (KVM_SET_CLOCK with flags 0, hw/i386/kvm/clock.c): the clock goes on where it was saved, so that the guest is
/// late by the downtime. That is worth knowing on every host, and nothing is wrong with it.
/// </summary>
public sealed class RestoreWithoutRealtime : KvmTrial
{
    public override string Id => "restore-without-realtime";

    public override string Title => "A clock restored as QEMU does goes on where it was saved";

    protected override TrialFinding JudgeClock(KvmEvidence evidence, Policy policy)
    {
        if (!evidence.RestoreWithoutRealtime.TryGet(out var restore))
            return NotKnown("where a clock that is restored without realtime goes on", evidence.RestoreWithoutRealtime);
        var figures = Restoring.Figures(restore);
        return Margin.IsBeyond(restore.ErrorNs, restore.BoundNs, Restoring.LimitNs(restore.DownNs))
            ? new(Restoring.Severity(restore.ErrorNs, restore.BoundNs, policy), $"a clock that is restored as QEMU does goes on {Say.Ns(restore.ErrorNs, restore.BoundNs)} from where it was saved", figures)
            {
                Means = new(Migration: "guests step by as much at each restore and migration, beside the downtime"),
            }
            : Margin.IsCoarse(restore.ErrorNs, restore.BoundNs, Math.Max(Restoring.LimitNs(restore.DownNs), restore.DownNs / 10.0)) ? TooCoarse("a restored clock", Say.Ns(restore.BoundNs), [.. figures])
            : TrialFinding.Info($"restored as QEMU does, a guest's clock goes on where it was saved: it is late by the whole downtime ({Say.Ns(restore.DownNs)} in this test)", figures) with
            {
                Reason = Restoring.TscErrorNs(restore, evidence) is { } tsc && Margin.IsBeyond(tsc, restore.BoundNs, Restoring.LimitNs(restore.DownNs)) ? "its TSC went on meanwhile: see tsc-offset" : null,
                Means = new("after stop, restore or migration run 'guestclock sync', or 'guestclock watch' all the time", "the same: W32Time corrects it slowly, and more than 15 hours not at all on a machine without a domain",
                    "the downtime of a migration is lost in the same way"),
            };
    }
}
