using Guestclock.Facts;

namespace Guestclock.Checks.Tsc;

/// <summary>tsc-constant: the TSC of every CPU ticks at one rate whatever the core's frequency is.</summary>
public sealed class TscConstant : Check
{
    public override string Id => "tsc-constant";

    public override string Title => "Every CPU has a constant TSC";

    public override CheckGroup Group => CheckGroup.Tsc;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (facts.Identity.Architecture.IsKnown && !facts.IsX86)
            return Finding.NotApplicable($"{facts.Identity.Architecture.Value} has no TSC", EvidenceItem.Of("architecture", facts.Identity.Architecture));
        if (!facts.Cpu.Cpus.TryGet(out var cpus) || cpus.Count == 0)
            return Finding.Unknown("the CPU list", facts.Cpu.Cpus);

        var without = cpus.Where(c => !c.Flags.Contains("constant_tsc")).ToList();
        var evidence = EvidenceItem.Of("constant_tsc", facts.Cpu.Cpus, $"{cpus.Count - without.Count} of {cpus.Count} CPUs");
        if (without.Count == 0)
            return Finding.Pass($"all {cpus.Count} CPUs have a constant TSC", evidence);
        if (facts.IsGuest)
            return Finding.Info("the guest sees no constant TSC, so its clock must not rest on the TSC", evidence);
        return Finding.Warning(
            $"CPU {without[0].Index} ({without[0].ModelName}) has no constant TSC: its clock drifts when the core's frequency changes",
            new Remedy("Limit C-states and pin the CPU frequency; see cstates-limited and cpufreq-pinned"),
            evidence);
    }
}
