using Guestclock.Checks;
using Guestclock.Trials.Clocks.Evidence;
using Guestclock.Units;

namespace Guestclock.Trials.Clocks;

/// <summary><c>clocks-monotonic</c>: the kernel's clocks on one CPU at a time; the CPU's own counter is <see cref="TscSynchronized"/>'s.</summary>
public sealed class ClocksMonotonic : ClockTrial
{
    public override string Id => "clocks-monotonic";

    public override string Title => "No clock goes back on any CPU";

    public override bool IsEssential => true;

    public override ClockParts Needs => ClockParts.Steps;

    public override TrialFinding Judge(ClocksEvidence evidence, Policy policy)
    {
        var clocks = evidence.Clocks.Where(c => c is { Kind: not ClockKind.Counter, Steps: not null }).ToList();
        if (clocks.Count == 0)
            return TrialFinding.Unknown("it is not known whether clocks go back", "no clock was read for long enough");
        var judged = clocks.Where(c => !c.Steps!.WasSet).ToList();
        Figure[] figures = [new("reads", judged.Sum(c => c.Steps!.Reads), ""), new("clocks", judged.Count, "")];
        var reason = WasSet(clocks);
        var back = judged.Where(c => c.Steps!.BackSteps > 0).OrderByDescending(c => c.Steps!.WorstBackNs).ToList();
        // CPU time is no time: a step back of it is worth knowing, and harms no clock.
        if (back.Find(c => c.Kind != ClockKind.CpuTime) is { } worst)
        {
            return TrialFinding.Critical($"{worst.Name} went back by up to {new Nanoseconds(worst.Steps!.WorstBackNs)} on one CPU",
                [.. figures, new("worst-step", worst.Steps.WorstBackNs, "ns"), new("steps-back", worst.Steps.BackSteps, "")]) with
            {
                Reason = reason ?? Others(back.Where(c => c != worst)),
                Means = new("programs that subtract two readings see negative times; databases and timeouts break",
                    Migration: "the machine must not be trusted as source or target before this is mended"),
            };
        }

        if (Unread(evidence, c => c.Kind != ClockKind.Counter) is var unread && (unread is not null || judged.Count == 0))
            return TrialFinding.Unknown("no clock went back as far as was tested", unread ?? reason ?? "none was read");
        if (back is [var cpuTime, ..])
            return TrialFinding.Info($"{cpuTime.Name} went back by up to {new Nanoseconds(cpuTime.Steps!.WorstBackNs)}; it is CPU time, no clock", figures) with { Reason = reason };
        return TrialFinding.Pass($"{judged.Count} clocks never went back in {Reads(judged.Sum(c => c.Steps!.Reads))}", figures) with { Reason = reason };
    }

    /// <summary>Which clocks somebody set during the run, or null.</summary>
    internal static string? WasSet(IEnumerable<ClockReading> clocks)
    {
        var names = clocks.Where(c => c.Steps!.WasSet).Select(c => c.Name).ToList();
        return names.Count == 0 ? null : $"{string.Join(", ", names)} {(names.Count == 1 ? "was" : "were")} set meanwhile and {(names.Count == 1 ? "is" : "are")} not judged";
    }

    /// <summary>Which clocks should have been read and were not, since the run ended before; or null.</summary>
    internal static string? Unread(ClocksEvidence evidence, Func<ClockReading, bool> counts)
    {
        var names = evidence.Clocks.Where(c => counts(c) && c is { Why: null, Steps: null }).Select(c => c.Name).ToList();
        return names.Count == 0 ? null : $"{string.Join(", ", names)} {(names.Count == 1 ? "was" : "were")} not read before the run ended";
    }

    internal static string Reads(long count) => count >= 1_000_000 ? $"{count / 1e6:0.#} million reads" : $"{count} reads";

    private static string? Others(IEnumerable<ClockReading> clocks)
    {
        var names = clocks.Select(c => c.Name).ToList();
        return names.Count == 0 ? null : $"so did {string.Join(", ", names)}";
    }
}
