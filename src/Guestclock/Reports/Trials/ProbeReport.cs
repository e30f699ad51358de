using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Trials;
using Guestclock.Trials.Kvm;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Reports.Trials;

/// <summary>What <c>guestclock probe</c> reports of its evidence.</summary>
public static class ProbeReport
{
    private const string Sound = "KVM on this host gives guests a sound clock";

    private const string Other = "KVM makes virtual machines; the clocks of this architecture are not tested";

    public static TrialReport Of(KvmEvidence evidence, Policy policy) => new(evidence.Host.IsOther ? Other : Sound, [.. Machine(evidence)], TrialVerdict.JudgeAll(KvmTrials.All, evidence, policy));

    private static IEnumerable<string> Machine(KvmEvidence evidence)
    {
        var host = evidence.Host;
        if (host.Hostname.TryGet(out var name))
            yield return name;
        if (host.KernelRelease.TryGet(out var kernel))
            yield return $"kernel {kernel}";
        if (host.CpuModel.TryGet(out var model) && model.Length > 0)
            yield return model;
        if (evidence.Kvm.TscKhz.TryGet(out var khz))
            yield return $"guests' TSC {khz} kHz";
        if (host.ClockSource.TryGet(out var source))
            yield return $"clock source {source}";
        if (!evidence.IsUsable)
            yield return Flags(evidence);
    }

    /// <summary>What this host shows of its virtualization: of use where KVM shows nothing.</summary>
    private static string Flags(KvmEvidence evidence)
    {
        var modules = evidence.Host.LoadedModules.Is(m => m.Count > 0) ? string.Join(", ", evidence.Host.LoadedModules.Value!) : "no KVM module loaded";
        return evidence.Host.VirtualizationFlag.State != FactState.Known || evidence.Host.IsOther ? modules
            : evidence.Host.VirtualizationFlag.Value!.Length > 0 ? $"{modules}, CPU flag {evidence.Host.VirtualizationFlag.Value}" : $"{modules}, no CPU flag vmx or svm";
    }
}
