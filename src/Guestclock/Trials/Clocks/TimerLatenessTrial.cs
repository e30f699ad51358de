using Guestclock.Checks;
using Guestclock.Trials.Clocks.Evidence;
using Guestclock.Units;

namespace Guestclock.Trials.Clocks;

/// <summary><c>timer-lateness</c>: how late a sleep to an instant returns; what other programs of the machine add is told, and not held against the clock.</summary>
public sealed class TimerLatenessTrial : ClockTrial
{
    public override string Id => "timer-lateness";

    public override string Title => "Timers expire in time";

    public override ClockParts Needs => ClockParts.Timers;

    public override TrialFinding Judge(ClocksEvidence evidence, Policy policy)
    {
        if (!evidence.Timers.TryGet(out var timers))
            return NotKnown(evidence.Timers, "how late timers expire is not known");
        var (seen, own) = (timers.Lateness, timers.WithoutQueue);
        List<Figure> figures = [new("timers", timers.Count, ""), new("lateness-p50", seen.P50Ns, "ns"), new("lateness-p99", seen.P99Ns, "ns"), new("lateness-max", seen.MaxNs, "ns")];
        if (own is not null)
            figures.AddRange([new("own-lateness-p50", own.P50Ns, "ns"), new("own-lateness-p99", own.P99Ns, "ns"), new("own-lateness-max", own.MaxNs, "ns")]);
        var late = own ?? seen;
        var summary = $"of {timers.Count} timers half were late by less than {new Nanoseconds(late.P50Ns)}, 99 of 100 by less than {new Nanoseconds(late.P99Ns)}, the worst by {new Nanoseconds(late.MaxNs)}";
        if (late.P99Ns <= policy.TimerLatenessWarning.Value)
            return TrialFinding.Pass(summary, [.. figures]) with { Reason = Queue(seen, own) };
        if (own is null)
            return TrialFinding.Info(summary, [.. figures]) with { Reason = "the kernel does not tell what of that other programs had the CPU for, so it is not judged" };
        return TrialFinding.Warning(summary, [.. figures]) with
        {
            Reason = $"more than {policy.TimerLatenessWarning}, not counting the wait for other programs",
            Means = new("timeouts and periodic work are late by as much: the hypervisor is slow to run the CPU again, timers have no high resolution, or interrupts are held up"),
        };
    }

    private static string? Queue(LatenessDistribution seen, LatenessDistribution? own) =>
        own is not null && seen.P99Ns > 2 * own.P99Ns ? $"{new Nanoseconds(seen.P99Ns)} with the wait for other programs that had the CPU" : null;
}
