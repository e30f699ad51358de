using Guestclock.Facts;
using Guestclock.Formats;

namespace Guestclock.Checks.Power;

/// <summary>Whether the CPUs can enter idle states deeper than C1, in which a TSC that is not nonstop halts.</summary>
public static class CStates
{
    /// <summary>Now: true when no deep state can be entered, false when one can, null when not known; with what says so.</summary>
    public static (bool? Limited, IReadOnlyList<EvidenceItem> Evidence) Now(MachineFacts facts)
    {
        var power = facts.Power;
        var items = new List<EvidenceItem>();
        if (power.IdleDriver.IsKnown)
            items.Add(EvidenceItem.Of("idle driver", power.IdleDriver));
        if (power.IdleStates.TryGet(out var states) && states.Count > 0)
        {
            var deep = states.FirstOrDefault(s => IsDeep(s.Name) && !s.Disabled);
            items.Add(EvidenceItem.Of("deepest idle state", power.IdleStates, deep is null ? "C1" : $"{deep.Name} of CPU {deep.Cpu}"));
            return (deep is null, items);
        }

        if (facts.Clock.CommandLine.TryGet(out var line) && Limits(line, facts) is { } limits)
        {
            items.Add(EvidenceItem.Of("command line", facts.Clock.CommandLine, limits));
            return (true, items);
        }

        // Without a driver the kernel halts idle CPUs with HLT or MWAIT at C1. Kernels without cpuidle (RHEL 5) show nothing, and enter
        // deep states.
        var hasCpuIdle = facts.Identity.KernelRelease.Is(r => !KernelVersion.IsBefore(r, 2, 6, 32));
        if (power.IdleDriver.Is(d => d == "none")
            || (hasCpuIdle && power.IdleStates.State == FactState.Missing && power.IdleDriver.State == FactState.Missing))
            return (true, [.. items, EvidenceItem.Of("idle states", power.IdleStates, "none")]);
        return (null, [.. items, EvidenceItem.Of("idle states", power.IdleStates)]);
    }

    /// <summary>The arguments that keep the CPUs out of deep states on this machine, or null when there are none or not enough.</summary>
    public static string? Limits(KernelArguments arguments, MachineFacts facts)
    {
        if (arguments.Value("idle") is "poll" or "halt" or "mwait")
            return $"idle={arguments.Value("idle")}";
        if (arguments.Value("cpuidle.off") == "1")
            return "cpuidle.off=1";
        if (arguments.Value("processor.max_cstate") is not ("0" or "1"))
            return null;
        if (!UsesIntelIdle(facts))
            return "processor.max_cstate=1";
        return arguments.Value("intel_idle.max_cstate") is "0" or "1" ? "processor.max_cstate=1 intel_idle.max_cstate" : null;
    }

    /// <summary>The arguments to add on this machine.</summary>
    public static IReadOnlyList<string> Wanted(MachineFacts facts) =>
        UsesIntelIdle(facts) ? ["processor.max_cstate=1", "intel_idle.max_cstate=0"] : ["processor.max_cstate=1"];

    /// <summary>intel_idle came with 2.6.35 (RHEL 6 has it) and heeds its own parameter only.</summary>
    private static bool UsesIntelIdle(MachineFacts facts) =>
        facts.Power.IdleDriver.Is(d => d == "intel_idle") || facts.Power.IntelIdleMaxCState.IsKnown
        || (!facts.Power.IdleDriver.IsKnown && facts.Cpu.Cpus.Is(c => c.Any(x => x.Vendor == "GenuineIntel"))
            && facts.Identity.KernelRelease.Is(r => !KernelVersion.IsBefore(r, 2, 6, 32)));

    /// <summary>C1 and its variants, POLL and haltpoll keep the TSC running; every other state may halt it.</summary>
    private static bool IsDeep(string name)
    {
        if (name.StartsWith("POLL", StringComparison.OrdinalIgnoreCase) || name.Contains("poll", StringComparison.OrdinalIgnoreCase))
            return false;
        return !(name.StartsWith("C1", StringComparison.Ordinal) && (name.Length == 2 || !char.IsAsciiDigit(name[2])));
    }
}
