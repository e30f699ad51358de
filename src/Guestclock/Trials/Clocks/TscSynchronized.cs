using Guestclock.Checks;
using Guestclock.Trials.Clocks.Evidence;
using Guestclock.Units;

namespace Guestclock.Trials.Clocks;

/// <summary><c>tsc-synchronized</c>: the CPUs' own counter never goes back, on a CPU or between two.</summary>
public sealed class TscSynchronized : ClockTrial
{
    public const string Counter = "TSC";

    public override string Id => "tsc-synchronized";

    public override string Title => "The CPUs' own counters agree";

    public override ClockParts Needs => ClockParts.Steps;

    public override TrialFinding Judge(ClocksEvidence evidence, Policy policy)
    {
        if (evidence.Clocks.FirstOrDefault(c => c.Name == Counter) is not { } tsc)
            return TrialFinding.NotApplicable("this CPU has no TSC that programs read");
        if (tsc.Steps is not { } steps)
            return TrialFinding.Unknown("the TSC could not be compared between CPUs", tsc.Why ?? "it was not read for long enough");
        Figure[] figures = [new("reads", steps.Reads, ""), new("cross-reads", steps.CrossReads, ""),
            new("worst-step", Math.Max(steps.WorstBackNs, steps.WorstCrossBackNs), "ns")];
        if (steps.BackSteps + steps.CrossBackSteps == 0)
        {
            if (evidence.Cpus.Count > 1 && steps.CrossReads < ClocksMonotonicAcrossCpus.LeastReads)
                return TrialFinding.Unknown("the TSC did not go back as far as was tested", $"only {steps.CrossReads} readings followed one of another CPU: the CPUs are busy, give a longer --duration");
            return TrialFinding.Pass(steps.CrossReads == 0 ? "the TSC never went back on its CPU"
                : $"the TSC never went back on or between {evidence.Cpus.Count} CPUs{(steps.LeastCrossGapNs is { } gap ? $"; differences below {new Nanoseconds(gap)} cannot be seen" : "")}", figures);
        }

        var summary = steps.WorstCrossBackNs >= steps.WorstBackNs
            ? $"the TSC of one CPU is behind another's by {new Nanoseconds(steps.WorstCrossBackNs)} or more"
            : $"the TSC went back by {new Nanoseconds(steps.WorstBackNs)} on one CPU";
        return evidence.ClockSource.Is(s => s == "tsc")
            ? TrialFinding.Critical(summary, figures) with { Means = new("the kernel's clock is made of it and goes wrong with it: boot with clocksource=kvm-clock or hpet") }
            : TrialFinding.Warning(summary, figures) with
            {
                Reason = evidence.ClockSource.TryGet(out var source) ? $"the kernel reads {source} instead" : null,
                Means = new("programs that read the TSC themselves see time go back"),
            };
    }
}
