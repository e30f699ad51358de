using Guestclock.Facts;
using Guestclock.Remedies;

namespace Guestclock.Checks.ClockSource;

/// <summary>steal-time: the hypervisor runs the guest's CPUs often enough for timekeeping.</summary>
public sealed class StealTime : Check
{
    /// <summary>Ticks of /proc/stat (USER_HZ, 100 a second) below which a share says little: two minutes of one CPU.</summary>
    private const long EnoughTicks = 12_000;

    public override string Id => "steal-time";

    public override string Title => "The hypervisor steals little CPU time";

    public override CheckGroup Group => CheckGroup.ClockSource;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (facts.Identity.Os.Is(o => o.Family == OsFamily.Windows))
            return Finding.NotApplicable("Windows does not count stolen time");
        if (!facts.Identity.Roles.IsKnown)
            return Finding.Unknown("whether this is a guest", facts.Identity.Roles);
        if (!facts.IsGuest)
            return Finding.NotApplicable("no hypervisor runs below this machine");
        if (!facts.Clock.Steal.TryGet(out var steal))
            return Finding.Unknown("stolen time", facts.Clock.Steal);
        var evidence = EvidenceItem.Of("stolen since boot", facts.Clock.Steal,
            $"{steal.Percent:0.0} % (warning from {policy.StealWarningPercent:0.#} %, critical from {policy.StealCriticalPercent:0.#} %)");
        if (steal.StealTicks == 0 && facts.Cpu.KvmFeatures.Is(f => !f.OffersStealTime))
            return Finding.NotApplicable("the host does not tell this guest how much time it steals",
                EvidenceItem.Of("KVM features", facts.Cpu.KvmFeatures, $"0x{facts.Cpu.KvmFeatures.Value!.Features:x8}"));
        if (steal.Percent < policy.StealWarningPercent)
            return Finding.Pass($"the hypervisor stole {steal.Percent:0.0} % of the CPU time", evidence);
        if (steal.TotalTicks < EnoughTicks)
            return Finding.Info(
                $"the hypervisor stole {steal.Percent:0.0} % of the CPU time so far; the machine has not run long enough to judge",
                    evidence);
        var remedy = new Remedy("On the host: run fewer virtual CPUs per CPU, raise or remove this guest's CPU quota, or give it CPUs "
            + "of its own (virsh vcpupin); in a cloud: a larger or non-burstable type");
        var summary = $"the hypervisor stole {steal.Percent:0.0} % of the CPU time since boot";
        return steal.Percent >= policy.StealCriticalPercent
            ? Finding.Critical($"{summary}: timers fire late and time readings are uncertain by many milliseconds", remedy, evidence)
            : Finding.Warning($"{summary}: readings of time servers get inexact", remedy, evidence);
    }
}
