using Guestclock.Checks;
using Guestclock.Trials.Clocks.Evidence;

namespace Guestclock.Trials.Clocks;

/// <summary><c>monotonic-rate</c>: CLOCK_MONOTONIC runs as its steering says, and needs little steering.</summary>
public sealed class MonotonicRate : ClockTrial
{
    public override string Id => "monotonic-rate";

    public override string Title => "The kernel's clock runs as it is steered";

    public override ClockParts Needs => ClockParts.Rates;

    public override TrialFinding Judge(ClocksEvidence evidence, Policy policy)
    {
        if (!evidence.MonotonicRate.TryGet(out var rate))
            return NotKnown(evidence.MonotonicRate, "the rate of CLOCK_MONOTONIC is not known");
        List<Figure> figures = [new("rate-error", rate.ErrorPpm, "ppm", rate.BoundPpm)];
        if (rate is { LeastExpectedPpm: { } low, MostExpectedPpm: { } high })
        {
            figures.Add(new("steering", (low + high) / 2, "ppm", high > low ? (high - low) / 2 : null));
            if (rate.ErrorPpm + rate.BoundPpm < low - policy.RateWarningPpm || rate.ErrorPpm - rate.BoundPpm > high + policy.RateWarningPpm)
            {
                return TrialFinding.Warning($"CLOCK_MONOTONIC runs {Ppm.Of(rate)} from CLOCK_MONOTONIC_RAW, but is steered by {Ppm.Of((low + high) / 2)}", [.. figures]) with
                {
                    Means = new("a phase is being corrected (adjtime or the kernel's PLL), or the kernel does not do what it is told"),
                };
            }
        }

        return Ppm.Judge($"CLOCK_MONOTONIC runs {Ppm.Of(rate)} from CLOCK_MONOTONIC_RAW", rate.ErrorPpm, rate.BoundPpm, policy,
            new("either a time service is just slewing away an offset, or the clock source's frequency is wrong by as much; 500 ppm is the most that ntpd can correct"), figures);
    }
}
