using Guestclock.Facts;

namespace Guestclock.Trials.Kvm.Evidence;

/// <summary>Which host this is, and what it says of its virtualization where the KVM device says nothing.</summary>
public sealed record HostIdentity
{
    private const int MostMessages = 4;

    private static readonly string[] Modules = ["kvm", "kvm_intel", "kvm_amd"];

    public Fact<string> Hostname { get; init; } = Fact<string>.None;

    /// <summary>As <c>uname -m</c>.</summary>
    public Fact<string> Architecture { get; init; } = Fact<string>.None;

    public Fact<string> KernelRelease { get; init; } = Fact<string>.None;

    public Fact<string> CpuModel { get; init; } = Fact<string>.None;

    public Fact<string> ClockSource { get; init; } = Fact<string>.None;

    /// <summary>Which of the CPU's flags <c>vmx</c> and <c>svm</c> Linux shows; empty where it shows none.</summary>
    public Fact<string> VirtualizationFlag { get; init; } = Fact<string>.None;

    /// <summary>Those of kvm, kvm_intel and kvm_amd that are loaded.</summary>
    public Fact<IReadOnlyList<string>> LoadedModules { get; init; } = Fact<IReadOnlyList<string>>.None;

    /// <summary>The first messages of the kernel that name KVM.</summary>
    public Fact<IReadOnlyList<string>> KernelMessages { get; init; } = Fact<IReadOnlyList<string>>.None;

    /// <summary>Whether it is known to be of another architecture, which has neither TSC nor kvm-clock.</summary>
    public bool IsOther => Architecture.Is(a => a is not ("x86_64" or "i686" or "i586" or "i486" or "i386"));

    /// <summary>From the facts that <c>check</c> gathers: identity, CPU, clock, modules and kernel log.</summary>
    public static HostIdentity Of(MachineFacts facts) => new()
    {
        Hostname = facts.Identity.Hostname,
        Architecture = facts.Identity.Architecture,
        KernelRelease = facts.Identity.KernelRelease,
        CpuModel = facts.Cpu.Cpus.Then(all => all.Count > 0 ? all[0].ModelName : ""),
        ClockSource = facts.Clock.CurrentSource,
        VirtualizationFlag = facts.Cpu.Cpus.Then(all => all.Count == 0 ? "" : all[0].Flags.Contains("vmx") ? "vmx" : all[0].Flags.Contains("svm") ? "svm" : ""),
        LoadedModules = facts.Modules.Loaded.Then<IReadOnlyList<string>>(loaded => [.. Modules.Where(loaded.Contains)]),
        KernelMessages = facts.KernelLog.Log.Then<IReadOnlyList<string>>(log =>
            [.. log.Lines.Select(l => l.Text).Where(t => t.StartsWith("kvm", StringComparison.OrdinalIgnoreCase) && !t.StartsWith("kvm-", StringComparison.OrdinalIgnoreCase)).Take(MostMessages)]),
    };
}
