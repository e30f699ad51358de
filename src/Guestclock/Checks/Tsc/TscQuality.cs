using Guestclock.Facts;

namespace Guestclock.Checks.Tsc;

/// <summary>What several checks ask of the TSC.</summary>
public static class TscQuality
{
    /// <summary>A finding where there is no TSC to judge, or null.</summary>
    public static Finding? NoTsc(MachineFacts facts)
    {
        if (facts.Identity.Architecture.IsKnown && !facts.IsX86)
            return Finding.NotApplicable($"{facts.Identity.Architecture.Value} has no TSC",
                EvidenceItem.Of("architecture", facts.Identity.Architecture));
        return facts.Identity.Os.Is(o => o.Family == OsFamily.Windows) ? Finding.NotApplicable("Windows judges the TSC by itself") : null;
    }

    /// <summary>Whether every CPU has a constant TSC: as seen, else as assumed of a host below a root; null when not known.</summary>
    public static bool? IsConstant(MachineFacts facts) =>
        facts.Cpu.AllHave("constant_tsc") ?? (facts.IsGuest ? null : facts.Assumed.HostConstantTsc);

    /// <summary>QEMU without KVM: every counter follows the host's clock in software, so that doubts about one of them change
    /// nothing.</summary>
    public static bool IsEmulated(MachineFacts facts) => facts.Identity.Hypervisor.Is(h => h == Hypervisor.Tcg);

    /// <summary>The finding where no CPU is listed.</summary>
    public static Finding NoCpus(MachineFacts facts) => Finding.Unknown("the CPU list", facts.Cpu.Cpus.IsKnown
        ? Fact.Missing<IReadOnlyList<CpuInfo>>(facts.Cpu.Cpus.Source, "it names no CPU")
        : facts.Cpu.Cpus);

    /// <summary>Constant, not stopping in idle states, and not marked unstable, as far as the kernel log tells.</summary>
    public static bool IsReliable(MachineFacts facts) =>
        facts.Cpu.AllHave("constant_tsc") == true && facts.Cpu.AllHave("nonstop_tsc") == true && Marked(facts) is null;

    /// <summary>The kernel's mark, or null where there is none or the log is not known.</summary>
    public static UnstableMark? Marked(MachineFacts facts) => facts.KernelLog.Log.TryGet(out var log) ? ClockHistory.Of(log).TscMark : null;

    /// <summary>AMD family 0Fh from model 40h on (revision F and later of K8), the processors for which the vendor's recipe was
    /// written.</summary>
    public static bool IsAmdRevisionF(CpuInfo cpu) => cpu is { Vendor: "AuthenticAMD", Family: 15, Model: >= 0x40 };

    /// <summary>Evidence: how many CPUs have a flag.</summary>
    public static EvidenceItem CountOf(MachineFacts facts, string flag) =>
        EvidenceItem.Of(flag, facts.Cpu.Cpus, facts.Cpu.Cpus.TryGet(out var cpus)
            ? $"{cpus.Count(c => c.Flags.Contains(flag))} of {cpus.Count} CPUs" : null);
}
