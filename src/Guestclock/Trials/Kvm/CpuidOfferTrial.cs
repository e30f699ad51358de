using Guestclock.Checks;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Trials.Kvm;

/// <summary>cpuid-offer: the leaves of KVM_GET_SUPPORTED_CPUID that concern time, and the Hyper-V clocks. What a guest sees of them its definition decides.</summary>
public sealed class CpuidOfferTrial : KvmTrial
{
    public override string Id => "cpuid-offer";

    public override string Title => "KVM offers guests every clock and timer";

    protected override TrialFinding JudgeClock(KvmEvidence evidence, Policy policy)
    {
        if (!evidence.Cpuid.TryGet(out var offer))
            return NotKnown("what KVM offers by CPUID", evidence.Cpuid);
        IReadOnlyList<Figure> figures = [.. Feature(offer.KvmFeatures), .. Khz(offer.TscKhz)];
        if (!offer.HasClock)
        {
            return TrialFinding.Warning("KVM does not offer its clock in CPUID", figures) with
            {
                Reason = evidence.Pages.IsKnown ? "although it fills the structure when asked by the MSR" : null,
                Means = new("guests find no kvm-clock and no ptp_kvm: they run on the TSC, HPET or ACPI timer", Windows(offer)),
            };
        }

        var lacks = Lacking(offer).ToList();
        return !offer.HasStableBit
            ? TrialFinding.Warning("KVM offers its clock without the stable bit", figures) with { Means = new("guests do not trust the stable flag: each reading of kvm-clock takes a lock and a system call", Windows(offer)) }
            : lacks.Count == 0 ? TrialFinding.Pass("KVM offers its clock, steal time, an invariant TSC, the deadline timer and Hyper-V's reference time", figures)
            : TrialFinding.Info($"KVM offers its clock, but not: {string.Join(", ", lacks)}", figures) with
            {
                Means = new(offer.InvariantTsc ? null : "guests cannot rely on their TSC, and stay on kvm-clock", Windows(offer),
                    offer.InvariantTsc ? null : "guests that were started with an invariant TSC cannot come here"),
            };
    }

    private static string? Windows(CpuidOffer offer) =>
        offer.HyperVTime == false ? "there is no Hyper-V reference time: where it is shown no invariant TSC, Windows reads emulated timers, which is slow" : null;

    private static IEnumerable<string> Lacking(CpuidOffer offer)
    {
        if (!offer.InvariantTsc)
            yield return "an invariant TSC";
        if (!offer.TscDeadline)
            yield return "the TSC deadline timer";
        if (!offer.HasStealTime)
            yield return "steal time";
        if (offer.HyperVTime == false)
            yield return "Hyper-V's reference time";
    }

    private static IEnumerable<Figure> Feature(uint features) => features == 0 ? [] : [new("kvm-features", features, "")];

    private static IEnumerable<Figure> Khz(long? khz) => khz is { } known ? [new("cpuid-tsc", known, "kHz")] : [];
}
