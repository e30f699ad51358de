using Guestclock.Checks;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Trials.Kvm;

/// <summary>wall-clock: the time of day that KVM tells a guest at boot (struct pvclock_wall_clock plus kvm-clock) is the host's. The policy's offset thresholds apply.</summary>
public sealed class WallClock : KvmTrial
{
    public override string Id => "wall-clock";

    public override string Title => "A guest is told the host's time of day";

    protected override TrialFinding JudgeClock(KvmEvidence evidence, Policy policy)
    {
        if (!evidence.WallClock.TryGet(out var wall))
            return NotKnown("the time of day that a guest is told", evidence.WallClock);
        Figure[] figures = [new("offset", wall.OffsetNs, "ns", wall.BoundNs)];
        var offset = Say.Ns(wall.OffsetNs, wall.BoundNs);
        if (Margin.IsBeyond(wall.OffsetNs, wall.BoundNs, policy.OffsetWarning.Value))
        {
            var status = Margin.IsBeyond(wall.OffsetNs, wall.BoundNs, policy.OffsetCritical.Value) ? CheckStatus.Critical : CheckStatus.Warning;
            return new(status, $"a guest is told a time of day that is not the host's ({offset})", figures)
            {
                Means = new("guests boot with a clock that is wrong by as much, until NTP or guestclock sync puts it right"),
            };
        }

        return Margin.IsCoarse(wall.OffsetNs, wall.BoundNs, policy.OffsetWarning.Value) ? TooCoarse("the time of day that a guest is told", Say.Ns(wall.BoundNs), figures)
            : TrialFinding.Pass($"a guest is told the host's time of day ({offset})", figures);
    }
}
