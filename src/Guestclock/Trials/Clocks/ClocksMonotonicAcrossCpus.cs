using Guestclock.Checks;
using Guestclock.Trials.Clocks.Evidence;
using Guestclock.Units;

namespace Guestclock.Trials.Clocks;

/// <summary><c>clocks-monotonic-across-cpus</c>: a reading is never before one that another CPU had finished when it began.</summary>
public sealed class ClocksMonotonicAcrossCpus : ClockTrial
{
    /// <summary>Readings of CPUs that hardly ran at the same time say nothing.</summary>
    internal const long LeastReads = 1000;

    public override string Id => "clocks-monotonic-across-cpus";

    public override string Title => "No clock goes back from one CPU to another";

    public override bool IsEssential => true;

    public override ClockParts Needs => ClockParts.Steps;

    public override TrialFinding Judge(ClocksEvidence evidence, Policy policy)
    {
        if (evidence.Cpus.Count == 1)
            return TrialFinding.NotApplicable("there is one CPU only");
        var clocks = evidence.Clocks.Where(c => c is { Kind: ClockKind.Steady or ClockKind.Wall, Steps.CrossReads: > 0 }).ToList();
        if (clocks.Count == 0)
            return TrialFinding.Unknown("it is not known whether clocks go back between CPUs", "no reading of one CPU followed one of another");
        var judged = clocks.Where(c => !c.Steps!.WasSet).ToList();
        Figure[] figures = [new("cross-reads", judged.Sum(c => c.Steps!.CrossReads), ""), new("cpus", evidence.Cpus.Count, "")];
        var reason = ClocksMonotonic.WasSet(clocks);
        if (judged.Where(c => c.Steps!.CrossBackSteps > 0).MaxBy(c => c.Steps!.WorstCrossBackNs) is { } worst)
        {
            return TrialFinding.Critical($"{worst.Name} went back by up to {new Nanoseconds(worst.Steps!.WorstCrossBackNs)} from one CPU to another",
                [.. figures, new("worst-step", worst.Steps.WorstCrossBackNs, "ns"), new("steps-back", worst.Steps.CrossBackSteps, "")]) with
            {
                Reason = reason,
                Means = new("what one thread has stamped lies in the future of another: order of events and intervals are wrong"),
            };
        }

        if (ClocksMonotonic.Unread(evidence, c => c.Kind is ClockKind.Steady or ClockKind.Wall) is var unread && (unread is not null || judged.Count == 0))
            return TrialFinding.Unknown("no clock went back between CPUs as far as was tested", unread ?? reason ?? "none was read");
        var reads = judged.Sum(c => c.Steps!.CrossReads);
        if (reads < LeastReads)
            return TrialFinding.Unknown("no clock went back between CPUs as far as was tested", $"only {reads} readings followed one of another CPU: the CPUs are busy, give a longer --duration");
        var summary = $"{judged.Count} clocks never went back between {evidence.Cpus.Count} CPUs in {ClocksMonotonic.Reads(reads)}";
        if (judged.Where(c => !c.IsCoarse).Select(c => c.Steps!.LeastCrossGapNs).Min() is not { } gap)
            return TrialFinding.Pass(summary, figures) with { Reason = reason };
        return TrialFinding.Pass($"{summary}; differences below {new Nanoseconds(gap)} cannot be seen", [.. figures, new("least-gap", gap, "ns")]) with { Reason = reason };
    }
}
