using Guestclock.Checks;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Trials.Kvm;

/// <summary>
/// master-clock: one pair of time and TSC for all vCPUs of a guest, so that they read kvm-clock without a lock (flag 2 of KVM_GET_CLOCK, flag 1
/// of the pvclock structure; pvclock_update_vm_gtod_copy in arch/x86/kvm/x86.c).
/// </summary>
public sealed class MasterClock : KvmTrial
{
    private const long StableFlag = 2;

    public override string Id => "master-clock";

    public override string Title => "All vCPUs of a guest share one stable clock";

    protected override TrialFinding JudgeClock(KvmEvidence evidence, Policy policy)
    {
        var clock = evidence.Kvm.Clock;
        if (Answer(evidence) is not { } isStable)
        {
            return clock.IsKnown
                ? TrialFinding.Unknown("whether KVM's clock is stable is not known", "this kernel does not say it before a guest runs, and no guest could be run")
                : NotKnown("whether KVM's clock is stable", clock);
        }

        if (isStable)
            return TrialFinding.Pass("KVM's clock for guests is stable");
        var isTsc = evidence.Host.ClockSource.Is(HostClockSource.IsTscBased);
        return TrialFinding.Warning("KVM's clock for guests is not stable") with
        {
            Reason = isTsc ? "the host's clock source is the TSC, so its TSCs do not agree or went backwards: 'guestclock check --only \"tsc-*\"'"
                : "the host's clock source is not the TSC",
            Means = new("readings of kvm-clock are forced forwards by a lock and leave user space, and ptp_kvm does not work",
                "the Hyper-V TSC page is off: each reading of the time leaves the guest", "guests lose the flag when they move here from a host with a stable clock"),
            Fix = isTsc ? null : HostClockSource.RunningSource,
        };
    }

    /// <summary>Null where neither the flags of KVM_GET_CLOCK nor a guest's structure tell.</summary>
    internal static bool? Answer(KvmEvidence evidence)
    {
        if (evidence.Pages.TryGet(out var pages) && pages.Count > 0)
            return pages.All(p => p.IsStable);
        return evidence.Kvm.Clock.TryGet(out var clock) && (clock.IsStable || evidence.Kvm.KnownClockFlags.Is(k => (k & StableFlag) != 0)) ? clock.IsStable : null;
    }
}
