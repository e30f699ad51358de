using Guestclock.Facts;
using Guestclock.Trials.Clocks.Evidence;

namespace Guestclock.Trials.Clocks;

/// <summary>One property of the clocks of a machine.</summary>
public abstract class ClockTrial : Trial<ClocksEvidence>
{
    /// <summary>What must have been measured for it.</summary>
    public abstract ClockParts Needs { get; }

    /// <summary>The finding of a fact that is not known: what is missing or not supported does not apply, all else is unknown.</summary>
    protected static TrialFinding NotKnown<T>(Fact<T> fact, string summary) =>
        fact.State is FactState.Missing or FactState.Unsupported
            ? TrialFinding.NotApplicable(fact.Why ?? "not there")
            : TrialFinding.Unknown(summary, fact.Why ?? "not known");
}
