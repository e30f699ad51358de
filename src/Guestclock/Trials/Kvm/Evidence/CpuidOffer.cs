namespace Guestclock.Trials.Kvm.Evidence;

/// <summary>Time leaves of KVM_GET_SUPPORTED_CPUID.</summary>
/// <param name="KvmFeatures">0x40000001 EAX; 0 where KVM offers none.</param>
/// <param name="InvariantTsc">0x80000007 EDX bit 8.</param>
/// <param name="TscDeadline">1 ECX bit 24 (KVM offers it by a capability too).</param>
/// <param name="TscAdjust">7.0 EBX bit 1.</param>
/// <param name="Rdtscp">0x80000001 EDX bit 27.</param>
/// <param name="TscKhz">From leaf 0x15 (crystal Hz × EBX / EAX), or null where it does not say.</param>
/// <param name="HyperVTime">KVM_GET_SUPPORTED_HV_CPUID or KVM_CAP_HYPERV_TIME: reference counter and TSC page for Windows.</param>
public sealed record CpuidOffer(uint KvmFeatures, bool InvariantTsc, bool TscDeadline, bool TscAdjust, bool Rdtscp, long? TscKhz, bool? HyperVTime)
{
    /// <summary>KVM_FEATURE_CLOCKSOURCE2: the clock's MSRs 0x4B564D00 and 0x4B564D01.</summary>
    public bool HasClock => (KvmFeatures & (1 << 3)) != 0;

    /// <summary>KVM_FEATURE_CLOCKSOURCE_STABLE_BIT.</summary>
    public bool HasStableBit => (KvmFeatures & (1 << 24)) != 0;

    /// <summary>KVM_FEATURE_STEAL_TIME.</summary>
    public bool HasStealTime => (KvmFeatures & (1 << 5)) != 0;
}
