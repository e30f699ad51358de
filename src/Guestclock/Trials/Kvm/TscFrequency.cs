using Guestclock.Checks;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Trials.Kvm;

/// <summary>
/// tsc-frequency: what KVM says that a guest's TSC runs at is what it runs at. A Linux guest with kvm-clock takes the frequency as known and never
/// measures it. The kernel's time discipline corrects 500 ppm (MAXFREQ of include/linux/timex.h).
/// </summary>
public sealed class TscFrequency : KvmTrial
{
    /// <summary>More than calibration against another crystal leaves.</summary>
    private const double WarningPpm = 100;

    private const double CriticalPpm = 500;

    public override string Id => "tsc-frequency";

    public override string Title => "A guest's TSC runs at the frequency that KVM says";

    protected override TrialFinding JudgeClock(KvmEvidence evidence, Policy policy)
    {
        if (!evidence.Rate.TryGet(out var rate) || rate.NominalTscKhz <= 0)
        {
            return evidence.Kvm.TscKhz.TryGet(out var said)
                ? TrialFinding.Unknown($"KVM says {said} kHz, which was not measured", evidence.Rate.Why ?? "") with { Figures = [new("said", said, "kHz")] }
                : NotKnown("the TSC's frequency", evidence.Kvm.TscKhz);
        }

        var (error, bound) = (Ppm(rate.MeasuredTscKhz - rate.NominalTscKhz, rate), Ppm(rate.MeasuredTscBoundKhz, rate));
        Figure[] figures = [new("said", rate.NominalTscKhz, "kHz"), new("measured", rate.MeasuredTscKhz, "kHz", rate.MeasuredTscBoundKhz), new("error", error, "ppm", bound)];
        if (Margin.IsBeyond(error, bound, WarningPpm))
        {
            var text = $"a guest's TSC runs at {Say.Khz(rate.MeasuredTscKhz)}, not at the {rate.NominalTscKhz} kHz that KVM says";
            var status = Margin.IsBeyond(error, bound, CriticalPpm) ? CheckStatus.Critical : CheckStatus.Warning;
            return new(status, text, figures)
            {
                Means = new($"guests on the clock source tsc gain or lose {Say.Ppb(Math.Abs(error) * 1e3)}{(status == CheckStatus.Critical ? ", more than NTP can correct" : " until NTP has learnt it")}",
                    Migration: "a frequency fixed in a definition is not the real one"),
            };
        }

        return Margin.IsCoarse(error, bound, WarningPpm) ? TooCoarse("the TSC's frequency", Say.Ppb(bound * 1e3), figures)
            : TrialFinding.Pass($"a guest's TSC runs at {rate.NominalTscKhz} kHz as KVM says ({Say.Ppb(error * 1e3, bound * 1e3)})", figures);
    }

    private static double Ppm(double khz, RateEvidence rate) => khz / rate.NominalTscKhz * 1e6;
}
