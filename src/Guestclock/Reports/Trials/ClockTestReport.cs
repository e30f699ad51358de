using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Trials;
using Guestclock.Trials.Clocks;
using Guestclock.Trials.Clocks.Evidence;
using Guestclock.Units;

namespace Guestclock.Reports.Trials;

/// <summary>What <c>test</c> reports of the clocks of a machine.</summary>
public static class ClockTestReport
{
    /// <param name="chosen">The properties that were to be tested.</param>
    public static TrialReport Of(IdentityFacts identity, ClocksEvidence evidence, IReadOnlyList<ClockTrial> chosen, Policy policy) =>
        new(chosen.Count < ClockTrials.All.Count ? "the chosen properties of this machine's clocks hold" : "this machine's clocks are sound",
            Machine(identity, evidence), TrialVerdict.JudgeAll(chosen, evidence, policy))
        {
            Remarks = evidence.IsInterrupted ? [$"It was interrupted after {new Nanoseconds(evidence.SpanNs)}; what was learnt until then is told"] : [],
        };

    private static List<string> Machine(IdentityFacts identity, ClocksEvidence evidence)
    {
        List<string> parts = [.. Words.Machine(identity).Split(" · ")];
        if (evidence.ClockSource.TryGet(out var source))
            parts.Add($"clock source {source}");
        parts.Add($"{evidence.Cpus.Count} {(evidence.Cpus.Count == 1 ? "CPU" : "CPUs")}");
        parts.Add($"tested for {new Nanoseconds(evidence.SpanNs)}");
        return parts;
    }
}
