using Guestclock.Checks;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Trials.Kvm;

/// <summary>
/// host-clock-source: KVM keeps one exact pair of time and TSC for a guest only where the host itself reads the time from its TSC, or from
/// Hyper-V's TSC page (gtod_is_based_on_tsc in arch/x86/kvm/x86.c).
/// </summary>
public sealed class HostClockSource : Trial<KvmEvidence>
{
    public override string Id => "host-clock-source";

    public override string Title => "The host takes its time from the TSC";

    public override TrialFinding Judge(KvmEvidence evidence, Policy policy)
    {
        if (evidence.Host.IsOther)
            return TrialFinding.NotApplicable($"{evidence.Host.Architecture.Value} has no TSC");
        if (!evidence.Host.ClockSource.TryGet(out var source))
            return TrialFinding.Unknown("the host's clock source is not known", evidence.Host.ClockSource.Why ?? "");
        if (IsTscBased(source))
            return TrialFinding.Pass($"the host's clock source is {source}");
        if (!evidence.IsUsable)
            return TrialFinding.Info($"the host's clock source is {source}: guests would get no stable kvm-clock, but there is no KVM");
        return TrialFinding.Warning($"the host's clock source is {source}, so KVM cannot give guests a stable clock") with
        {
            Means = new("guests lose the fast and exact kvm-clock, and ptp_kvm does not work in them", "the Hyper-V TSC page is off: each reading of the time leaves the guest",
                "KVM gives no pair of realtime and TSC, so downtime cannot be added exactly"),
            Fix = RunningSource,
        };
    }

    /// <summary>The repair that switches the clock source, where the machine offers a better one.</summary>
    internal const string RunningSource = "clock-source";

    internal static bool IsTscBased(string source) => source is "tsc" or "hyperv_clocksource_tsc_page";
}
