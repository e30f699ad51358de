using Guestclock.Checks;
using Guestclock.Protocols.PvClock;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Trials.Kvm;

/// <summary>pvclock-structure: what each vCPU is given to compute the time from is complete, and means the TSC frequency that KVM says.</summary>
public sealed class PvClockStructure : KvmTrial
{
    /// <summary>A multiplier of 32 bits and a frequency in whole kHz agree to better than this.</summary>
    private const double LimitKhz = 2;

    public override string Id => "pvclock-structure";

    public override string Title => "The structure of each vCPU's clock is sound";

    protected override TrialFinding JudgeClock(KvmEvidence evidence, Policy policy)
    {
        if (!evidence.Pages.TryGet(out var pages))
            return NotKnown("the structure of a vCPU's clock", evidence.Pages);
        if (pages.Count == 0)
            return TrialFinding.Unknown("the structure of a vCPU's clock is not known", "no vCPU was run");
        for (var i = 0; i < pages.Count; i++)
        {
            if (Flaw(pages[i]) is { } flaw)
            {
                return TrialFinding.Critical($"KVM gave vCPU {i} a structure that is no clock: {flaw}") with
                {
                    Means = new("guests read no time, or a wrong one, from kvm-clock: choose another clock source (clocksource=tsc, no-kvmclock)"),
                };
            }
        }

        var khz = pages[0].TscKhz();
        Figure[] figures = [new("vcpus", pages.Count, ""), new("stable", pages.Count(p => p.IsStable), ""), new("frequency", khz, "kHz")];
        var text = $"{Say.Count(pages.Count, "vCPU")} got a sound structure";
        return evidence.Kvm.TscKhz.TryGet(out var said) && pages.Any(p => Math.Abs(p.TscKhz() - said) > LimitKhz)
            ? TrialFinding.Warning($"the structure means a TSC of {Say.Khz(khz)}, but KVM says {said} kHz", figures) with
            {
                Means = new("guests take their TSC frequency from the structure, and run wrong on the clock source tsc if KVM is right"),
            }
            : pages.All(p => p.IsStable) ? TrialFinding.Pass($"{text}, marked stable", figures)
            : MasterClock.Answer(evidence) == false && pages.All(p => !p.IsStable) ? TrialFinding.Pass($"{text}, not marked stable (see master-clock)", figures)
            : TrialFinding.Warning($"only {pages.Count(p => p.IsStable)} of {Say.Count(pages.Count, "vCPU")} got a structure that is marked stable", figures) with
            {
                Means = new("guests compute the time of some vCPUs without the lock that the others need: it may go back between them"),
            };
    }

    private static string? Flaw(PvClockPage page) =>
        page.Version == 0 ? "it was never written"
        : (page.Version & 1) != 0 ? $"version {page.Version} says that it is being written"
        : page.Multiplier == 0 ? "its multiplier is 0"
        : page.Shift is < -31 or > 31 ? $"its shift is {page.Shift}"
        : null;
}
