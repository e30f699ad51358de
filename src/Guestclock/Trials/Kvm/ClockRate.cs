using Guestclock.Checks;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Trials.Kvm;

/// <summary>
/// clock-rate: a guest's kvm-clock runs as the host's CLOCK_MONOTONIC_RAW, which it is anchored to. What it gains in between becomes a step whenever KVM
/// renews the anchor, and 1 ppm is 86 ms a day. The host's own rounding makes 0.1 ppm (a multiplier of some 23 bits, kernel/time/clocksource.c).
/// </summary>
public sealed class ClockRate : KvmTrial
{
    private const double WarningPpb = 1_000;

    /// <summary>MAXFREQ of include/linux/timex.h: what the kernel's time discipline can correct.</summary>
    private const double CriticalPpb = 500_000;

    public override string Id => "clock-rate";

    public override string Title => "A guest's clock runs as fast as the host's";

    protected override TrialFinding JudgeClock(KvmEvidence evidence, Policy policy)
    {
        if (!evidence.Rate.TryGet(out var rate))
            return NotKnown("the rate of a guest's clock", evidence.Rate);
        Figure[] figures = [new("rate-error", rate.ErrorPpb, "ppb", rate.BoundPpb), new("span", rate.SpanNs, "ns")];
        var error = Say.Ppb(rate.ErrorPpb, rate.BoundPpb);
        if (Margin.IsBeyond(rate.ErrorPpb, rate.BoundPpb, WarningPpb))
        {
            var isCritical = Margin.IsBeyond(rate.ErrorPpb, rate.BoundPpb, CriticalPpb);
            return new(isCritical ? CheckStatus.Critical : CheckStatus.Warning, $"a guest's clock is {(rate.ErrorPpb > 0 ? "fast" : "slow")} against the host's by {error}", figures)
            {
                Means = new($"kvm-clock drifts{(isCritical ? " more than NTP can correct" : "")}, and steps back to the host's clock when KVM renews the pair of time and TSC",
                    "the Hyper-V reference time drifts in the same way", "a guest's clock steps by what it has drifted when it moves"),
            };
        }

        return Margin.IsCoarse(rate.ErrorPpb, rate.BoundPpb, WarningPpb) ? TooCoarse("the rate of a guest's clock", Say.Ppb(rate.BoundPpb), figures)
            : TrialFinding.Pass($"a guest's clock runs as the host's raw clock ({error})", figures);
    }
}
