using Guestclock.Checks;
using Guestclock.Trials.Clocks.Evidence;
using Guestclock.Units;

namespace Guestclock.Trials.Clocks;

/// <summary><c>stalls</c>: a CPU that does nothing but read the clock is never held up for long.</summary>
public sealed class Stalls : ClockTrial
{
    public override string Id => "stalls";

    public override string Title => "No CPU stands still";

    public override ClockParts Needs => ClockParts.Stalls;

    public override TrialFinding Judge(ClocksEvidence evidence, Policy policy)
    {
        if (!evidence.Stalls.TryGet(out var stalls))
            return NotKnown(evidence.Stalls, "whether CPUs stand still is not known");
        List<Figure> figures =
        [
            new("longest-stall", stalls.LongestStallNs, "ns"), new("stalls-over-1ms", stalls.Over1Ms, ""), new("stalls-over-10us", stalls.Over10Us, ""),
            new("lost", stalls.LostNs, "ns"), new("longest-gap", stalls.LongestGapNs, "ns"),
        ];
        if (stalls.QueuedNs is { } queued)
            figures.Add(new("other-programs", queued, "ns"));
        if (evidence.Steal.TryGet(out var steal))
            figures.Add(new("steal", steal.Percent, "%", steal.BoundPercent));
        var span = new Nanoseconds(stalls.SpanNs);
        var share = stalls is { SpanNs: > 0, Cpus: > 0 } ? 100.0 * stalls.LostNs / ((double)stalls.SpanNs * stalls.Cpus) : 0;
        var summary = $"the longest stall was {new Nanoseconds(stalls.LongestStallNs)} in {span} on {stalls.Cpus} {(stalls.Cpus == 1 ? "CPU" : "CPUs")}; stalls took {share:0.##} % of the time";
        if (stalls.LongestStallNs <= policy.StallWarning.Value)
            return TrialFinding.Pass(summary, [.. figures]);
        return TrialFinding.Warning(summary, [.. figures]) with
        {
            Reason = $"more than {policy.StallWarning} in which no other program of this machine ran",
            Means = new("interrupts, firmware or the hypervisor held the CPU; a reading taken then is old when it is used, and a time service sees it as an offset",
                Migration: "a pause of the guest looks the same"),
        };
    }
}
