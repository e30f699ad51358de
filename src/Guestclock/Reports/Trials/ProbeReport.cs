using Guestclock.Checks;
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
        if (evidence.IsUsable)
            yield break;

        // What the host shows of its virtualization, where KVM shows nothing.
        if (host.LoadedModules.TryGet(out var modules))
            yield return modules.Count > 0 ? $"modules {string.Join(", ", modules)}" : "no KVM module loaded";
        if (!host.IsOther && host.VirtualizationFlag.TryGet(out var flag))
            yield return flag.Length > 0 ? $"CPU flag {flag}" : "no CPU flag vmx or svm";
    }
}
