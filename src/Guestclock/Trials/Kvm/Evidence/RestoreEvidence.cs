namespace Guestclock.Trials.Kvm.Evidence;

/// <summary>A clock saved in one virtual machine and restored in another by the kernel's documented procedure (virt/kvm/devices/vcpu.rst).</summary>
/// <param name="DownNs">From saving to restoring, by the host's CLOCK_REALTIME.</param>
/// <param name="ErrorNs">kvm-clock in the second machine − what it should be (saved value, plus what passed where realtime is used).</param>
/// <param name="BoundNs">The true error lies within ± this of <paramref name="ErrorNs"/>.</param>
/// <param name="TscErrorCycles">Guest TSC − what it should be, after the offset was written; null where the offset cannot be set.</param>
public sealed record RestoreEvidence(long DownNs, long ErrorNs, long BoundNs, long? TscErrorCycles);
