using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Trials.Kvm;

/// <summary>tsc-offset: the attribute KVM_VCPU_TSC_OFFSET (since Linux 5.16), by which a guest's TSC is restored exactly (Documentation/virt/kvm/devices/vcpu.rst).</summary>
public sealed class TscOffset : KvmTrial
{
    public override string Id => "tsc-offset";

    public override string Title => "A guest's TSC can be set exactly";

    protected override TrialFinding JudgeClock(KvmEvidence evidence, Policy policy)
    {
        if (!evidence.TscOffset.TryGet(out var offset))
        {
            return evidence.TscOffset.State is FactState.Unsupported or FactState.Missing
                ? TrialFinding.Info("a guest's TSC cannot be set by its offset") with
                {
                    Reason = evidence.TscOffset.Why,
                    Means = new(Migration: "the TSC is set by its MSR, as QEMU does: late by the time from computing the value to writing it"),
                }
                : NotKnown("whether a guest's TSC can be set", evidence.TscOffset);
        }

        Figure[] figures = [new("asked", offset.AskedCycles, "cycles"), new("read-back", offset.ReadBackCycles, "cycles"), new("seen-error", offset.SeenErrorCycles, "cycles", offset.BoundCycles)];
        var means = new Meaning("guests on the clock source tsc jump when they are restored", "Windows' performance counter jumps when it is restored", "guests restored by the TSC's offset have a wrong TSC");
        if (offset.ReadBackCycles != offset.AskedCycles)
            return TrialFinding.Warning($"KVM takes a TSC offset of {offset.AskedCycles} cycles, but then says {offset.ReadBackCycles}", figures) with { Means = means };
        return offset.SeenErrorCycles != 0
            ? TrialFinding.Warning($"KVM takes a TSC offset, but the guest's TSC is {offset.SeenErrorCycles} cycles from it", figures) with { Means = means }
            : TrialFinding.Pass("a guest's TSC is where its offset puts it", figures);
    }
}
