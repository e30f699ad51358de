using Guestclock.Checks;
using Guestclock.Trials.Clocks.Evidence;

namespace Guestclock.Trials.Clocks;

/// <summary><c>reads-under-load</c>: the clock source still answers when all CPUs ask at once; HPET and the ACPI timer are one device behind one lock.</summary>
public sealed class ReadsUnderLoad : ClockTrial
{
    public override string Id => "reads-under-load";

    public override string Title => "The clock stays cheap while all CPUs read it";

    public override ClockParts Needs => ClockParts.Costs;

    public override TrialFinding Judge(ClocksEvidence evidence, Policy policy)
    {
        if (evidence.Cpus.Count == 1)
            return TrialFinding.NotApplicable("there is one CPU only");
        if (ReadCost.Dearest(evidence, c => c.LoadedNs) is not { Cost: { LoadedNs: { } loaded } cost } clock)
            return TrialFinding.Unknown("what a read costs under load is not known", "no clock was read for long enough");
        Figure[] figures = [new("cost-under-load", loaded, "ns"), new("cost", cost.Ns, "ns"), new("cpus", evidence.Cpus.Count, "")];
        var summary = $"with {evidence.Cpus.Count} CPUs reading, a read of {clock.Name} costs {ReadCost.Ns(loaded)} ({ReadCost.Ns(cost.Ns)} alone)";
        return loaded <= policy.ReadCostWarning.Value ? TrialFinding.Pass(summary, figures) : TrialFinding.Warning(summary, figures) with
        {
            Reason = $"more than {policy.ReadCostWarning}",
            Means = new(loaded > 2 * cost.Ns ? "readers wait for each other: the clock source is one device for all CPUs, and a busy machine pays for it" : null),
        };
    }
}
