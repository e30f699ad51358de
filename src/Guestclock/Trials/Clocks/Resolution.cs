using Guestclock.Checks;
using Guestclock.Trials.Clocks.Evidence;
using Guestclock.Units;

namespace Guestclock.Trials.Clocks;

/// <summary><c>resolution</c>: clocks that are not coarse by their name tell nanoseconds, and move in steps below a microsecond.</summary>
public sealed class Resolution : ClockTrial
{
    /// <summary>acpi_pm, the coarsest counter of PCs, counts 3.58 MHz: 279 ns.</summary>
    private const long MostStepNs = 1_000;

    public override string Id => "resolution";

    public override string Title => "Clocks tell times apart that are less than a microsecond apart";

    public override ClockParts Needs => ClockParts.Steps;

    public override TrialFinding Judge(ClocksEvidence evidence, Policy policy)
    {
        var clocks = evidence.Clocks.Where(c => c is { Kind: ClockKind.Steady or ClockKind.Wall, IsCoarse: false, ResolutionNs: not null }).ToList();
        if (clocks.Count == 0)
            return TrialFinding.Unknown("the resolution of the clocks is not known", "no clock could be read");
        // Alarm clocks read as their namesakes do; their resolution is that of their timers, which are kept by an RTC.
        var main = clocks.Where(c => !c.Name.EndsWith("_ALARM", StringComparison.Ordinal)).DefaultIfEmpty(clocks[0]).ToList();
        var (stated, moves) = (main.MaxBy(c => c.ResolutionNs)!, main.Where(c => c.Steps is { SmallestStepNs: > 0 }).MaxBy(c => c.Steps!.SmallestStepNs));
        List<Figure> figures = [new("resolution", stated.ResolutionNs!.Value, "ns")];
        if (moves?.Steps is { } steps)
            figures.Add(new("smallest-step", steps.SmallestStepNs, "ns"));
        if (stated.ResolutionNs > 1)
        {
            return TrialFinding.Warning($"{stated.Name} is said to have a resolution of {new Nanoseconds(stated.ResolutionNs.Value)}: high-resolution timers are off", [.. figures]) with
            {
                Means = new("every sleep and timeout is rounded up to the tick; look for highres=off or nohz=off on the command line, or for a CPU without a one-shot timer"),
            };
        }

        return moves?.Steps is { SmallestStepNs: > MostStepNs } coarse
            ? TrialFinding.Warning($"{moves.Name} moves in steps of {new Nanoseconds(coarse.SmallestStepNs)}", [.. figures]) with
            {
                Means = new("the clock source counts slowly (jiffies or an emulated timer): what happens in one step cannot be ordered"),
            }
            : TrialFinding.Pass($"all have a resolution of 1 ns{(moves is null ? "" : $" and move in steps of {new Nanoseconds(moves.Steps!.SmallestStepNs)} or less")}", [.. figures]);
    }
}
