using Guestclock.Checks.Power;
using Guestclock.Facts;
using Guestclock.Remedies;

namespace Guestclock.Checks.Tsc;

/// <summary>tsc-constant: the TSC of every CPU ticks at one rate whatever the core's frequency is.</summary>
public sealed class TscConstant : Check
{
    public override string Id => "tsc-constant";

    public override string Title => "Every CPU has a constant TSC";

    public override CheckGroup Group => CheckGroup.Tsc;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (TscQuality.NoTsc(facts) is { } none)
            return none;
        if (!facts.Cpu.Cpus.TryGet(out var cpus) || cpus.Count == 0)
            return TscQuality.NoCpus(facts);

        var without = cpus.FirstOrDefault(c => !c.Flags.Contains("constant_tsc"));
        var evidence = TscQuality.CountOf(facts, "constant_tsc");
        if (without is null)
            return Finding.Pass($"all {cpus.Count} CPUs have a constant TSC", evidence);
        if (facts.IsGuest)
        {
            return Finding.Info("the guest sees no constant TSC, so its clock must not rest on the TSC", evidence) with
            {
                Reason = "the flags are those of the virtual CPU: the hypervisor may hide what the host's CPU has",
            };
        }

        var limited = CStates.Now(facts).Limited == true && facts.Power.Frequency.Is(p => FrequencyPin.Unpinned(p) is null);
        if (limited)
            return Finding.Info(
                $"CPU {without.Index} ({without.ModelName}) has no constant TSC, but its C-states are limited and its frequency is pinned",
                evidence);
        var remark = cpus.Any(TscQuality.IsAmdRevisionF)
            ? "this is AMD family 0Fh, revision F or later, for which the vendor's recipe was written"
            : "the vendor's manuals give this recipe for AMD revision F only; on other CPUs prefer newer hardware for hosts";
        return Finding.Warning(
            $"CPU {without.Index} ({without.ModelName}) has no constant TSC: its clock drifts when the core's frequency changes",
            new Remedy("Limit the C-states and pin the CPU frequency, as cstates-limited and cpufreq-pinned say in detail",
                "guestclock explain cstates-limited", "guestclock explain cpufreq-pinned"),
            evidence) with
        { Reason = remark };
    }
}
