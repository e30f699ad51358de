using Guestclock.Checks;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Trials.Kvm;

/// <summary>pvclock-agreement: the structures of all vCPUs make the same time of the same TSC. Where they are marked stable Linux relies on it.</summary>
public sealed class PvClockAgreement : KvmTrial
{
    /// <summary>Two results that are each rounded down twice.</summary>
    private const double RoundingNs = 2;

    /// <summary>Without the stable flag each vCPU has a snapshot of its own, and Linux forces readings forwards.</summary>
    private const double UnstableLimitNs = 1_000;

    public override string Id => "pvclock-agreement";

    public override string Title => "All vCPUs make the same time of the same TSC";

    protected override TrialFinding JudgeClock(KvmEvidence evidence, Policy policy)
    {
        if (!evidence.Pages.TryGet(out var pages))
            return NotKnown("whether the vCPUs' clocks agree", evidence.Pages);
        if (pages.Count < 2)
            return TrialFinding.NotApplicable("only one vCPU was run");
        var tsc = pages.Max(p => p.TscTimestamp);
        var times = pages.Select(p => p.NsAt(tsc)).ToList();
        double apart = times.Max() - times.Min();
        Figure[] figures = [new("apart", apart, "ns", RoundingNs), new("vcpus", pages.Count, "")];
        var isStable = pages.All(p => p.IsStable);
        if (!Margin.IsBeyond(apart, RoundingNs, isStable ? 0 : UnstableLimitNs))
            return TrialFinding.Pass($"{Say.Count(pages.Count, "vCPU")} make the same time of the same TSC{(apart > RoundingNs ? $" to within {Say.Ns((long)apart)}" : "")}", figures);
        var text = $"vCPUs make times of the same TSC that are {Say.Ns((long)Math.Min(apart, long.MaxValue / 2))} apart";
        return isStable
            ? TrialFinding.Critical($"{text}, though they are marked stable", figures) with
            {
                Means = new("time goes back between vCPUs: choose clocksource=tsc in guests if clock-monotonic finds no step of the TSC", "the Hyper-V TSC page is wrong on some vCPUs"),
            }
            : TrialFinding.Warning(text, figures) with { Means = new("Linux forces readings forwards, so that time stands still for as long on the vCPUs that are behind") };
    }
}
