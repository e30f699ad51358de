using System.Text.Json.Serialization;
using Guestclock.Json;

namespace Guestclock.Trials.Kvm.Evidence;

/// <summary>How the clock-pairing hypercall ended that ptp_kvm needs.</summary>
/// <param name="Outcome">What the guest got.</param>
/// <param name="Result">The hypercall's return value (0, −95 EOPNOTSUPP, −1000 ENOSYS, −14 EFAULT, −1 EPERM); null where it never came back.</param>
/// <param name="PairOffsetNs">The returned wall-clock time − the host's CLOCK_REALTIME at the same TSC; null without an answer.</param>
/// <param name="Detail">How it was asked (real mode, 64-bit mode), for the reason.</param>
public sealed record PairingEvidence(PairingOutcome Outcome, long? Result, long? PairOffsetNs, long? PairBoundNs, string Detail);

/// <summary>How the hypercall ended.</summary>
[JsonConverter(typeof(KebabEnumConverter<PairingOutcome>))]
public enum PairingOutcome
{
    Answered,

    /// <summary>It returned an error.</summary>
    Refused,

    /// <summary>The vCPU was interrupted by our limit: the hypercall never returned.</summary>
    NeverReturned,

    /// <summary>The instruction ended the guest (a fault, a shutdown, an internal error of KVM).</summary>
    Faulted,
}
