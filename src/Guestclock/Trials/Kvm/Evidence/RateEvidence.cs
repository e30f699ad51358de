namespace Guestclock.Trials.Kvm.Evidence;

/// <summary>kvm-clock of a guest against the host's CLOCK_MONOTONIC_RAW.</summary>
/// <param name="ErrorPpb">(guest − host) / host; positive: the guest's clock is fast.</param>
/// <param name="BoundPpb">From the brackets at both ends.</param>
/// <param name="NominalTscKhz">What KVM says that the guest's TSC runs at.</param>
/// <param name="MeasuredTscKhz">What it ran at against CLOCK_MONOTONIC_RAW.</param>
public sealed record RateEvidence(long SpanNs, double ErrorPpb, double BoundPpb, long NominalTscKhz, double MeasuredTscKhz, double MeasuredTscBoundKhz);
