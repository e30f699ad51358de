namespace Guestclock.Trials.Kvm.Evidence;

/// <summary>A guest that was not run for a while, as a paused one.</summary>
/// <param name="StoppedNs">How long, by the host's CLOCK_MONOTONIC_RAW.</param>
/// <param name="RunOnAdvanceNs">How far its kvm-clock went on when it was simply run again (a pause without saving: time jumps).</param>
/// <param name="SetBackAdvanceNs">The same after KVM_SET_CLOCK with the saved value, as QEMU does (time stands still).</param>
/// <param name="GuestStoppedIsSet">Whether KVM_KVMCLOCK_CTRL set the flag GUEST_STOPPED in the structure; null where the call failed.</param>
/// <param name="CtrlError">The error of KVM_KVMCLOCK_CTRL, or null.</param>
public sealed record StopEvidence(long StoppedNs, long RunOnAdvanceNs, long SetBackAdvanceNs, long BoundNs, bool? GuestStoppedIsSet, string? CtrlError);
