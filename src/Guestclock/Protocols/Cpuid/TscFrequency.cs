namespace Guestclock.Protocols.Cpuid;

/// <summary>The TSC's frequency as CPUID tells it.</summary>
public static class TscFrequency
{
    /// <summary>
    /// In kHz, or null: from the hypervisor's timing leaf (base + 0x10, EAX; VMware's convention, QEMU fills it too), else from leaf 0x15
    /// (crystal × EBX / EAX; where the crystal is not given, leaf 0x16's base frequency is the TSC's, as native_calibrate_tsc of
    /// arch/x86/kernel/tsc.c takes it).
    /// </summary>
    public static long? Khz(CpuidLeaves leaves)
    {
        foreach (var (signature, at) in HypervisorLeaves.Interfaces(leaves))
        {
            // Only where the interface's highest leaf says that the timing leaf is there.
            if (signature is HypervisorLeaves.Kvm or HypervisorLeaves.Vmware && leaves.Find(at) is { } first && first.Eax >= at + 0x10
                && leaves.Find(at + 0x10) is { Eax: > 0 } timing)
                return timing.Eax;
        }

        // A leaf above the highest one repeats that one's data.
        if (leaves.Find(0) is { Eax: < 0x15 } || leaves.Find(0x15) is not { Eax: > 0, Ebx: > 0 } ratio)
            return null;
        if (ratio.Ecx > 0)
            return Plausible((long)((UInt128)ratio.Ecx * ratio.Ebx / ratio.Eax / 1000));
        return leaves.Find(0x16) is { } speed && (speed.Eax & 0xFFFF) > 0 ? (speed.Eax & 0xFFFF) * 1000L : null;
    }

    private static long? Plausible(long khz) => khz is >= 1_000 and <= 100_000_000 ? khz : null;
}
