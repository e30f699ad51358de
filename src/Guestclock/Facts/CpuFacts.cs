namespace Guestclock.Facts;

/// <summary>The CPUs, from /proc/cpuinfo and CPUID.</summary>
public sealed record CpuFacts
{
    public Fact<IReadOnlyList<CpuInfo>> Cpus { get; init; } = Fact<IReadOnlyList<CpuInfo>>.None;

    /// <summary>The TSC's frequency in kHz, from CPUID, the KVM leaf or the kernel log.</summary>
    public Fact<long> TscKhz { get; init; } = Fact<long>.None;

    /// <summary>True when every CPU is known to have the flag, false when one lacks it, null when not known.</summary>
    public bool? AllHave(string flag) => Cpus.IsKnown && Cpus.Value!.Count > 0 ? Cpus.Value.All(c => c.Flags.Contains(flag)) : null;
}

/// <summary>One CPU. Numbers are -1 where the kernel does not give them.</summary>
/// <param name="Flags">Feature flags as in the line <c>flags</c> (x86) or <c>Features</c> (arm64).</param>
public sealed record CpuInfo(int Index, string Vendor, int Family, int Model, int Stepping, string ModelName, string? Microcode, double? Mhz, IReadOnlySet<string> Flags);
