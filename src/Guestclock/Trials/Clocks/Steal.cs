using Guestclock.Checks;
using Guestclock.Trials.Clocks.Evidence;

namespace Guestclock.Trials.Clocks;

/// <summary><c>steal</c>: what the hypervisor takes while all CPUs want to run, by the thresholds of <c>check</c>.</summary>
public sealed class Steal : ClockTrial
{
    public override string Id => "steal";

    public override string Title => "The hypervisor runs the CPUs when they want to run";

    public override ClockParts Needs => ClockParts.Stalls;

    public override TrialFinding Judge(ClocksEvidence evidence, Policy policy)
    {
        if (!evidence.Steal.TryGet(out var steal))
            return NotKnown(evidence.Steal, "how much CPU time the hypervisor takes is not known");
        var figure = new Figure("steal", steal.Percent, "%", steal.BoundPercent);
        var summary = $"{steal.Percent:0.#} % of CPU time was stolen while all CPUs were busy";
        var sure = steal.Percent - steal.BoundPercent;
        var means = new Meaning("the host has more to do than it has CPUs: clocks of guests are read late and timers expire late");
        return sure > policy.StealCriticalPercent ? TrialFinding.Critical(summary, figure) with { Means = means }
            : sure > policy.StealWarningPercent ? TrialFinding.Warning(summary, figure) with { Means = means }
            : TrialFinding.Pass(summary, figure);
    }
}
