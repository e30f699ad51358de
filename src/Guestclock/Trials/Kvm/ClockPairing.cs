using Guestclock.Checks;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Trials.Kvm;

/// <summary>
/// clock-pairing: the hypercall KVM_HC_CLOCK_PAIRING, by which ptp_kvm in a guest reads the host's time (kvm_pv_clock_pairing in arch/x86/kvm/x86.c;
/// Documentation/virt/kvm/x86/hypercalls.rst).
/// </summary>
public sealed class ClockPairing : KvmTrial
{
    private const long Unsupported = -95;
    private const long Unknown = -1000;

    /// <summary>The host's own time, read by the host: it has no reason to be further off.</summary>
    private const double LimitNs = 10_000;

    private static readonly Meaning NoPtp = new("ptp_kvm does not work in guests: they have no PTP clock of the host, and need NTP");

    public override string Id => "clock-pairing";

    public override string Title => "A guest can ask for the host's time (ptp_kvm)";

    protected override TrialFinding JudgeClock(KvmEvidence evidence, Policy policy)
    {
        if (!evidence.ClockPairing.TryGet(out var pairing))
            return NotKnown("whether a guest can ask for the host's time", evidence.ClockPairing);
        return pairing.Outcome switch
        {
            PairingOutcome.Answered when pairing.Result is 0 or null => Answered(pairing),
            PairingOutcome.Answered or PairingOutcome.Refused => Refused(pairing, evidence),
            PairingOutcome.NeverReturned => TrialFinding.Warning("the hypercall of ptp_kvm never returns") with
            {
                Reason = $"{pairing.Detail}; the kernel's own KVM answers at once, so this one is changed, or nested in another",
                Means = new("do not load ptp_kvm in guests: it may hang them; let them use NTP"),
            },
            _ => TrialFinding.Warning("the hypercall of ptp_kvm ended the guest") with
            {
                Reason = pairing.Detail,
                Means = new("do not load ptp_kvm in guests: it may end them; let them use NTP"),
            },
        };
    }

    private static TrialFinding Answered(PairingEvidence pairing)
    {
        if (pairing is not { PairOffsetNs: { } offset, PairBoundNs: { } bound })
            return TrialFinding.Pass("a guest's question for the host's time is answered; the answer was not compared");
        var figure = new Figure("offset", offset, "ns", bound);
        if (Margin.IsBeyond(offset, bound, LimitNs))
        {
            return TrialFinding.Warning($"a guest that asks for the host's time gets a wrong one ({Say.Ns(offset, bound)})", figure) with
            {
                Means = new("guests that follow ptp_kvm are wrong by as much"),
            };
        }

        return Margin.IsCoarse(offset, bound, LimitNs) ? TooCoarse("the host's time as a guest gets it", Say.Ns(bound), figure)
            : TrialFinding.Pass($"a guest that asks for the host's time gets it ({Say.Ns(offset, bound)})", figure);
    }

    private static TrialFinding Refused(PairingEvidence pairing, KvmEvidence evidence)
    {
        var error = new Figure("result", pairing.Result ?? 0, "");
        if (pairing.Result == Unknown)
            return TrialFinding.Info("this KVM does not know the hypercall of ptp_kvm (ENOSYS)", error) with { Means = NoPtp };
        var isTsc = evidence.Host.ClockSource.Is(HostClockSource.IsTscBased);
        var why = pairing.Result != Unsupported ? $"it returned {pairing.Result}; {pairing.Detail}"
            : !evidence.Host.ClockSource.IsKnown ? "EOPNOTSUPP: the host's clock source is not the TSC, or the guest's TSC has to catch up"
            : isTsc ? "EOPNOTSUPP, although the host's clock source is the TSC: KVM has lost the pair of time and TSC"
            : $"EOPNOTSUPP, since the host's clock source is {evidence.Host.ClockSource.Value}, not the TSC";
        return TrialFinding.Warning("KVM refuses the hypercall of ptp_kvm", error) with
        {
            Reason = why,
            Means = NoPtp,
            Fix = pairing.Result == Unsupported && evidence.Host.ClockSource.IsKnown && !isTsc ? HostClockSource.RunningSource : null,
        };
    }
}
