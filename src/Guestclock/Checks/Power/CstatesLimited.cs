using Guestclock.Facts;
using Guestclock.Remedies;

namespace Guestclock.Checks.Power;

/// <summary>cstates-limited: without a constant TSC, deep C-states are off, now and after the next boot.</summary>
public sealed class CstatesLimited : Check
{
    public override string Id => "cstates-limited";

    public override string Title => "Deep C-states are off where the TSC needs it";

    public override CheckGroup Group => CheckGroup.Tsc;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (PowerScope.NotJudged(facts) is { } other)
            return other;
        var (limited, evidence) = CStates.Now(facts);
        if (limited == false)
        {
            return Finding.Warning("the CPUs enter deep C-states, which stop a TSC that is not constant",
                ByDistribution.KernelArguments(facts, "Keep the CPUs in C1", CStates.Wanted(facts), []), evidence);
        }

        if (AtBoot(facts) is { } boot)
        {
            // Where the kernel has no idle driver now, it will have none after the next boot of the same kernel either.
            var byArguments = limited is null || facts.Clock.CommandLine.Is(l => CStates.Limits(l, facts) is not null)
                || facts.Power.IdleStates.Is(s => s.Any(x => x.Disabled));
            if (!boot.Limited && byArguments)
            {
                var now = limited == true ? "deep C-states are off now, but" : "";
                return Finding.Warning($"{now} the next boot will allow deep C-states: {boot.Source} has no limit".Trim(),
                    ByDistribution.KernelArguments(facts, "Keep the limit over the next boot", CStates.Wanted(facts), []),
                        [.. evidence, boot.Evidence]);
            }

            evidence = [.. evidence, boot.Evidence];
        }
        else if (limited is null)
        {
            return Finding.Unknown("whether the CPUs enter deep C-states", facts.Power.IdleStates);
        }

        return Finding.Pass(limited is null ? "the next boot keeps the CPUs out of deep C-states"
            : "no CPU enters a C-state deeper than C1", evidence);
    }

    private static (bool Limited, string Source, EvidenceItem Evidence)? AtBoot(MachineFacts facts)
    {
        if (facts.Boot.DefaultEntry is { } entry)
            return (CStates.Limits(entry.Arguments, facts) is not null, entry.Source,
                new("boot entry", entry.Arguments.Text, entry.Source));
        if (facts.Boot.GrubDefault.TryGet(out var grub))
        {
            var source = facts.Boot.GrubDefault.Source;
            return (CStates.Limits(grub.Together, facts) is not null, source, new("GRUB_CMDLINE_LINUX", grub.Together.Text, source));
        }

        return null;
    }
}
