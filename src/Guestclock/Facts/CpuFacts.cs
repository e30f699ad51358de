namespace Guestclock.Facts;

/// <summary>The CPUs, from /proc/cpuinfo and CPUID.</summary>
public sealed record CpuFacts
{
    public Fact<IReadOnlyList<CpuInfo>> Cpus { get; init; } = Fact<IReadOnlyList<CpuInfo>>.None;

    /// <summary>The TSC's frequency in kHz, from CPUID, the KVM leaf or the kernel log.</summary>
    public Fact<long> TscKhz { get; init; } = Fact<long>.None;

    /// <summary>What the KVM below this guest offers, from its CPUID leaves; missing where none are shown.</summary>
    public Fact<KvmFeatures> KvmFeatures { get; init; } = Fact<KvmFeatures>.None;

    /// <summary>True when every CPU is known to have the flag, false when one lacks it, null when not known.</summary>
    public bool? AllHave(string flag) => Cpus.IsKnown && Cpus.Value!.Count > 0 ? Cpus.Value.All(c => c.Flags.Contains(flag)) : null;
}

/// <summary>One CPU. Numbers are -1 where the kernel does not give them.</summary>
/// <param name="Flags">Feature flags as in the line <c>flags</c> (x86) or <c>Features</c> (arm64).</param>
public sealed record CpuInfo(int Index, string Vendor, int Family, int Model, int Stepping, string ModelName, string? Microcode,
    double? Mhz, IReadOnlySet<string> Flags);

/// <summary>CPUID leaf 0x40000001 of KVM (arch/x86/include/uapi/asm/kvm_para.h).</summary>
/// <param name="Features">EAX: bit 0 old clock MSRs, 3 new clock MSRs, 5 steal time, 24 stable clock.</param>
/// <param name="Hints">EDX: bit 0: the virtual CPUs are never preempted for long.</param>
public sealed record KvmFeatures(uint Features, uint Hints)
{
    /// <summary>kvm-clock can be used: KVM_FEATURE_CLOCKSOURCE or KVM_FEATURE_CLOCKSOURCE2.</summary>
    public bool OffersClock => (Features & 0b1001) != 0;

    /// <summary>KVM_FEATURE_STEAL_TIME.</summary>
    public bool OffersStealTime => (Features & (1 << 5)) != 0;
}
