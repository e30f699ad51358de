using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Trials.Kvm;

/// <summary>
/// restore-with-realtime: a clock that is restored in another machine by the documented procedure (KVM_SET_CLOCK with KVM_CLOCK_REALTIME, then the TSC's
/// offset; Documentation/virt/kvm/devices/vcpu.rst) has gone on meanwhile.
/// </summary>
public sealed class RestoreWithRealtime : KvmTrial
{
    public override string Id => "restore-with-realtime";

    public override string Title => "A clock restored with realtime has gone on meanwhile";

    protected override TrialFinding JudgeClock(KvmEvidence evidence, Policy policy)
    {
        if (!evidence.RestoreWithRealtime.TryGet(out var restore))
        {
            return evidence.RestoreWithRealtime.State is FactState.Unsupported or FactState.Missing
                ? TrialFinding.Info("KVM cannot add the downtime to a restored clock") with
                {
                    Reason = evidence.RestoreWithRealtime.Why,
                    Means = new(Migration: "every restored guest is late by its downtime, whatever the program that restores it: it needs 'guestclock sync' or 'guestclock watch'"),
                }
                : NotKnown("how exactly a clock is restored with realtime", evidence.RestoreWithRealtime);
        }

        var figures = Restoring.Figures(restore);
        var limit = Restoring.LimitNs(restore.DownNs);
        var error = Say.Ns(restore.ErrorNs, restore.BoundNs);
        if (Margin.IsBeyond(restore.ErrorNs, restore.BoundNs, limit))
        {
            return new(Restoring.Severity(restore.ErrorNs, restore.BoundNs, policy), $"a clock that is restored with realtime is wrong ({error})", figures)
            {
                Means = new(Migration: "guests step by as much when they are restored by a program that uses this way; measure them afterwards ('guestclock sync')"),
            };
        }

        if (Restoring.TscErrorNs(restore, evidence) is { } tsc && Margin.IsBeyond(tsc, restore.BoundNs, limit))
        {
            return TrialFinding.Warning($"a TSC that is restored by the documented procedure is wrong by {restore.TscErrorCycles} cycles ({Say.Ns((long)tsc)})", figures) with
            {
                Means = new("guests on the clock source tsc step when they are restored", Migration: "guests step by as much when they are restored by a program that uses this way"),
            };
        }

        return Margin.IsCoarse(restore.ErrorNs, restore.BoundNs, Math.Max(limit, restore.DownNs / 10.0)) ? TooCoarse("a restored clock", Say.Ns(restore.BoundNs), [.. figures])
            : TrialFinding.Pass($"a clock that was down for {Say.Ns(restore.DownNs)} is restored as if it had gone on ({error})", figures) with
            {
                Reason = restore.TscErrorCycles is null ? "without the TSC, whose offset cannot be set"
                    : evidence.TscOffset.Is(o => o.ReadBackCycles != o.AskedCycles) ? "the TSC only because both machines are on this host: see tsc-offset" : null,
            };
    }
}
