using Guestclock.Checks.Power;
using Guestclock.Facts;
using Guestclock.Remedies;

namespace Guestclock.Checks.Tsc;

/// <summary>tsc-nonstop: the TSC does not halt in idle states, or the CPUs do not enter those in which it would.</summary>
public sealed class TscNonstop : Check
{
    public override string Id => "tsc-nonstop";

    public override string Title => "The TSC does not stop in idle states";

    public override CheckGroup Group => CheckGroup.Tsc;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (TscQuality.NoTsc(facts) is { } none)
            return none;
        if (!facts.Cpu.Cpus.TryGet(out var cpus) || cpus.Count == 0)
            return TscQuality.NoCpus(facts);
        var evidence = TscQuality.CountOf(facts, "nonstop_tsc");
        if (facts.Cpu.AllHave("nonstop_tsc") == true)
            return Finding.Pass($"all {cpus.Count} CPUs have a nonstop TSC", evidence);
        if (facts.IsGuest)
        {
            return Finding.Info("the guest is not told that its TSC never stops (invtsc), which is the default of QEMU", evidence) with
            {
                Reason = "an idle virtual CPU does not stop the TSC; without the flag the guest prefers kvm-clock, which is right",
            };
        }

        var (limited, states) = CStates.Now(facts);
        if (limited == true)
            return Finding.Pass("the TSC may stop in deep idle states, but no CPU enters them", [evidence, .. states]);
        if (limited is null)
            return Finding.Unknown("cannot tell: the TSC may stop in deep idle states, and it is not known whether a CPU enters them",
                facts.Power.IdleStates.Why ?? "the idle states are not known", facts.Power.IdleStates.IsKnown ? FactState.Missing
                    : facts.Power.IdleStates.State, [evidence, .. states]);
        return Finding.Warning("the TSC stops in deep idle states, so the kernel cannot rest its clock and KVM's on it",
            ByDistribution.KernelArguments(facts, "Keep the CPUs in C1", CStates.Wanted(facts), []), [evidence, .. states]);
    }
}
