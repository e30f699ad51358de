namespace Guestclock.Trials.Kvm.Evidence;

/// <summary>The attribute KVM_VCPU_TSC_OFFSET: was the offset that was asked for the one that the guest then saw?</summary>
/// <param name="AskedCycles">What was written.</param>
/// <param name="ReadBackCycles">What KVM then said.</param>
/// <param name="SeenErrorCycles">Guest TSC − (host TSC + offset) at the same instant, beyond the reading's bracket; 0 where it lies within.</param>
public sealed record TscOffsetEvidence(long AskedCycles, long ReadBackCycles, long SeenErrorCycles, long BoundCycles);

/// <summary>One request of KVM_SET_TSC_KHZ.</summary>
/// <param name="AskedKhz">What was asked for.</param>
/// <param name="Error">Why KVM refused (<c>EINVAL</c>), or null.</param>
/// <param name="SaidKhz">What KVM_GET_TSC_KHZ then said.</param>
/// <param name="SeenKhz">At which rate the guest's own RDTSC then ran; null where it was not measured.</param>
/// <param name="IsScaled">Whether the structure's multiplier follows the new rate.</param>
public sealed record TscRateRequest(long AskedKhz, string? Error, long? SaidKhz, double? SeenKhz, double? SeenBoundKhz, bool? IsScaled);

/// <summary>struct pvclock_wall_clock as a guest was given it, with the clock, against the host's CLOCK_REALTIME.</summary>
/// <param name="OffsetNs">Guest (wall clock + kvm-clock) − host; positive: the guest is ahead.</param>
public sealed record WallClockEvidence(uint Version, long Seconds, long Nanoseconds, long OffsetNs, long BoundNs);
