using Guestclock.Checks;
using Guestclock.Trials.Clocks.Evidence;

namespace Guestclock.Trials.Clocks;

/// <summary><c>kvm-clock-rate</c>: the host's clock, as the pvclock page gives it, against the guest's own raw clock.</summary>
public sealed class KvmClockRate : ClockTrial
{
    public override string Id => "kvm-clock-rate";

    public override string Title => "kvm-clock and the kernel's raw clock run at one rate";

    public override ClockParts Needs => ClockParts.Rates;

    public override TrialFinding Judge(ClocksEvidence evidence, Policy policy)
    {
        if (!evidence.KvmClockRate.TryGet(out var rate))
            return NotKnown(evidence.KvmClockRate, "the rate of kvm-clock is not known");
        var figure = new Figure("rate-error", rate.ErrorPpm, "ppm", rate.BoundPpm);
        var summary = $"kvm-clock runs {Ppm.Of(rate)} from CLOCK_MONOTONIC_RAW";
        return Ppm.Judge(summary, rate.ErrorPpm, rate.BoundPpm, policy,
            new("the guest counts the TSC at another frequency than the host does: one of them has measured it wrongly, or it was scaled after a migration"), figure);
    }
}
