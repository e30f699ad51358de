using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Trials.Kvm;

/// <summary>A property of the clocks that KVM gives guests on x86. It needs a KVM that makes machines.</summary>
public abstract class KvmTrial : Trial<KvmEvidence>
{
    public sealed override TrialFinding Judge(KvmEvidence evidence, Policy policy) =>
        evidence.Host.IsOther ? TrialFinding.NotApplicable($"{evidence.Host.Architecture.Value} has neither TSC nor kvm-clock")
        : !evidence.IsUsable ? TrialFinding.Unknown("not tested", "KVM cannot be used: see kvm-usable")
        : JudgeClock(evidence, policy);

    protected abstract TrialFinding JudgeClock(KvmEvidence evidence, Policy policy);

    /// <summary>What could not be had.</summary>
    protected static TrialFinding NotKnown<T>(string what, Fact<T> fact) => TrialFinding.Unknown($"{what} is not known", fact.Why ?? "no reason was given");

    /// <summary>What was read too coarsely to show anything.</summary>
    protected static TrialFinding TooCoarse(string what, string bound, params IReadOnlyList<Figure> figures) =>
        TrialFinding.Unknown($"{what} was read too coarsely to be judged (± {bound})", "the CPUs were busy; run it again on a quieter machine") with { Figures = figures };
}
