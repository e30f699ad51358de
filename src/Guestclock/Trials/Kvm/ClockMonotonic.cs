using Guestclock.Checks;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Trials.Kvm;

/// <summary>clock-monotonic: neither the TSC nor kvm-clock ever goes back from one vCPU's reading to the next vCPU's.</summary>
public sealed class ClockMonotonic : KvmTrial
{
    /// <summary>A TSC that is behind another CPU's shows in nearly each reading that follows the other's; fewer of them prove nothing.</summary>
    private const long LeastCrossReads = 100;

    private const long LeastReads = 1_000;

    /// <summary>Two readings that are rounded down each on its own.</summary>
    private const long RoundingNs = 1;

    public override string Id => "clock-monotonic";

    public override string Title => "Time never goes back between vCPUs";

    public override bool IsEssential => true;

    protected override TrialFinding JudgeClock(KvmEvidence evidence, Policy policy)
    {
        if (!evidence.Warp.TryGet(out var warp))
            return NotKnown("whether time goes back between vCPUs", evidence.Warp);
        Figure[] figures =
        [
            new("worst-clock-step", warp.WorstClockStepNs, "ns"), new("worst-tsc-step", warp.WorstTscStep, "cycles"), new("backward-steps", warp.BackwardSteps, ""),
            new("reads", warp.Reads, ""), new("cross-reads", warp.CrossReads, ""), new("cpus", warp.Cpus.Count, ""),
        ];
        var places = $"{Say.Count(warp.Reads, "reading")} on {Say.Count(warp.Cpus.Count, "CPU")}";
        if (warp.WorstTscStep > 0)
        {
            return TrialFinding.Critical($"the TSC goes back by up to {warp.WorstTscStep} cycles between vCPUs", figures) with
            {
                Means = new("guests on the clock source tsc see time go back: choose kvm-clock in them (clocksource=kvm-clock)", "Windows' performance counter goes back",
                    "see tsc-synchronized on this host before guests are brought here"),
            };
        }

        if (warp.WorstClockStepNs > RoundingNs)
        {
            var text = $"kvm-clock goes back by up to {Say.Ns(warp.WorstClockStepNs)} between vCPUs";
            return MasterClock.Answer(evidence) == true
                ? TrialFinding.Critical($"{text}, though it is marked stable", figures) with
                {
                    Means = new("guests on kvm-clock see time go back: choose tsc in them (clocksource=tsc)", "the Hyper-V reference time goes back"),
                }
                : TrialFinding.Warning(text, figures) with { Means = new("Linux forces readings forwards by a lock; programs that read the structure themselves see time go back") };
        }

        if (warp.Cpus.Count >= 2 && warp.CrossReads < LeastCrossReads)
        {
            return TrialFinding.Unknown($"time did not go back in {places}, but too few of them followed another vCPU's ({warp.CrossReads})",
                "the CPUs were busy; run it again on a quieter machine") with
            { Figures = figures };
        }

        return warp.Reads < LeastReads
            ? TrialFinding.Unknown("too few readings were taken", places) with { Figures = figures }
            : TrialFinding.Pass($"time never went back in {places}{(warp.Cpus.Count < 2 ? ", the only one" : "")}", figures);
    }
}
