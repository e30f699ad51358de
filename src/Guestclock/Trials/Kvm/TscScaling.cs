using Guestclock.Checks;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Trials.Kvm;

/// <summary>
/// tsc-scaling: whether a guest can keep its TSC frequency on a host of another one (KVM_CAP_TSC_CONTROL). Without it KVM takes what lies within
/// kvm.tsc_tolerance_ppm, 250 by default, and refuses what is slower (kvm_set_tsc_khz in arch/x86/kvm/x86.c).
/// </summary>
public sealed class TscScaling : KvmTrial
{
    internal const long DefaultTolerancePpm = 250;

    public override string Id => "tsc-scaling";

    public override string Title => "Guests keep their TSC frequency on hosts of another";

    protected override TrialFinding JudgeClock(KvmEvidence evidence, Policy policy)
    {
        if (!evidence.Kvm.TscScaling.TryGet(out var scales))
            return NotKnown("TSC scaling", evidence.Kvm.TscScaling);
        var ppm = Tolerance(evidence);
        var tolerance = new Figure("tolerance", ppm, "ppm");
        if (scales)
            return TrialFinding.Pass("the CPU scales a guest's TSC to the frequency that it was started with", tolerance);
        var means = new Meaning("a guest on the clock source tsc that comes from a host of another frequency would run wrong by as much", null,
            $"compare this host's file with the other's: without scaling the two frequencies may differ by {ppm} ppm at most, and the rest NTP in the guest must correct");
        if (!evidence.Kvm.TscKhz.TryGet(out var khz))
            return TrialFinding.Info($"no TSC scaling: guests come only from hosts within {ppm} ppm of this one's frequency", tolerance) with { Means = means };
        var range = (double)khz * ppm / 1e6;
        return TrialFinding.Info($"no TSC scaling: guests come only from hosts within {ppm} ppm of {khz} kHz (± {Say.Khz(Math.Floor(range))})",
            new Figure("frequency", khz, "kHz"), tolerance, new Figure("lowest", khz - Math.Floor(range), "kHz"), new Figure("highest", khz + Math.Floor(range), "kHz")) with
        { Means = means };
    }

    internal static long Tolerance(KvmEvidence evidence) => evidence.TscTolerancePpm.Is(p => p is >= 0 and <= 1_000_000) ? evidence.TscTolerancePpm.Value : DefaultTolerancePpm;
}
