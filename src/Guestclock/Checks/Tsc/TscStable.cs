using Guestclock.Checks.ClockSource;
using Guestclock.Formats.KernelMessages;
using Guestclock.Facts;
using Guestclock.Remedies;

namespace Guestclock.Checks.Tsc;

/// <summary>tsc-stable: the kernel has not marked the TSC unstable since it booted.</summary>
public sealed class TscStable : Check
{
    public override string Id => "tsc-stable";

    public override string Title => "The kernel has not marked the TSC unstable";

    public override CheckGroup Group => CheckGroup.Tsc;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (TscQuality.NoTsc(facts) is { } none)
            return none;
        var log = facts.KernelLog.Log;
        if (log.TryGet(out var lines) && ClockHistory.Of(lines) is var history && history.TscMark is { } mark)
            return Marked(facts, mark, history);
        // The kernel takes an unstable TSC out of the list of sources that high-resolution timers can use.
        if (facts.Clock.CurrentSource.Is(c => c == "tsc"))
            return Finding.Pass("the TSC is the clock source and is not marked unstable",
                EvidenceItem.Of("clock source", facts.Clock.CurrentSource));
        if (log.Is(l => l.Complete))
            return Finding.Pass("the kernel has not marked the TSC unstable since boot",
                EvidenceItem.Of("kernel log", log, "no such message since boot"));
        if (facts.Clock.AvailableSources.Is(a => a.Contains("tsc", StringComparer.Ordinal)))
            return Finding.Pass("the kernel still offers the TSC as a clock source",
                EvidenceItem.Of("clock sources", facts.Clock.AvailableSources));
        return log.IsKnown
            ? Finding.Unknown("cannot tell: the kernel log does not reach back to the boot, and the TSC is not among the clock sources",
                "the start of the kernel log is lost",
                FactState.NotRecorded, EvidenceItem.Of("clock sources", facts.Clock.AvailableSources))
            : Finding.Unknown("the kernel log", log);
    }

    private static Finding Marked(MachineFacts facts, UnstableMark mark, ClockHistory history)
    {
        var log = facts.KernelLog.Log;
        var evidence = new List<EvidenceItem>(ClockHistory.Evidence(mark, log)) { EvidenceItem.Of("clock source",
            facts.Clock.CurrentSource) };
        if (history.Of(ClockMessageKind.WatchdogSkipped).Count() is > 0 and var skipped)
            evidence.Add(new("watchdog checks skipped", skipped.ToString(), log.Source));
        if (mark.IsRequested)
            return Requested(facts, evidence);
        var summary = $"the kernel marked the TSC unstable: {mark.Reason}";
        if (facts.Clock.CurrentSource.Is(c => c is "tsc" or "tsc-early"))
        {
            return Finding.Critical($"{summary}, yet the clock still runs on it", LeaveTsc(facts), evidence);
        }

        if (TscQuality.IsEmulated(facts))
            return Finding.Info($"{summary}; this is an emulated machine, whose TSC is made by software", evidence);
        if (!facts.IsGuest)
            return Finding.Warning(summary, HostRemedy(facts, mark), evidence)
                with
            { Reason = facts.IsHost ? "the host's guests get no stable kvm-clock while the TSC is not trusted" : null };
        const string FalsePositive = "in a guest this is often false: the virtual CPU was not running between the watchdog's two readings";
        if (facts.Clock.CurrentSource.Is(c => c is "kvm-clock" or "xen" || c.StartsWith("hyperv", StringComparison.Ordinal)))
            return Finding.Info($"{summary}; the clock runs on {facts.Clock.CurrentSource.Value} and does not need it", evidence)
                with
            { Reason = FalsePositive };
        return Finding.Warning(summary,
            new Remedy("Boot the guest again; if the message comes back, offer it kvm-clock, and a TSC that stays the same "
                + "(on the host: CPU host-passthrough with invtsc)"), evidence)
            with
        { Reason = FalsePositive };
    }

    private static Finding Requested(MachineFacts facts, List<EvidenceItem> evidence)
    {
        const string Summary = "a boot parameter (notsc or tsc=unstable) makes the kernel distrust the TSC";
        if (!facts.IsHost || facts.IsGuest)
            return Finding.Info(Summary, evidence);
        var asked = facts.Clock.CommandLine.TryGet(out var line)
            ? line.All.Where(a => a.Is("notsc") || (a.Is("tsc") && a.Value == "unstable")).Select(a => a.Text).ToList() : [];
        return Finding.Warning($"{Summary}, so that guests get no stable kvm-clock",
            ByDistribution.KernelArguments(facts, "Let the host use its TSC", [], asked.Count > 0 ? asked : ["notsc", "tsc=unstable"]),
                evidence);
    }

    private static Remedy HostRemedy(MachineFacts facts, UnstableMark mark) => mark.Reason switch
    {
        _ when mark.Reason.StartsWith("check_tsc_sync_source", StringComparison.Ordinal)
            || mark.Reason.Contains("unsynchronized", StringComparison.Ordinal)
            => new("The CPUs' TSCs differ: update the firmware, then power the machine off and on (not a reset); see tsc-synchronized"),
        _ when mark.Reason.Contains("halt", StringComparison.Ordinal)
            => ByDistribution.KernelArguments(facts, "The TSC stops in deep idle states: keep the CPUs in C1", Power.CStates.Wanted(facts),
                []),
        _ when mark.Reason.Contains("cpufreq", StringComparison.Ordinal)
            => new("The TSC follows the core's frequency: pin it, as cpufreq-pinned says", "guestclock explain cpufreq-pinned"),
        _ => new("Update the firmware and the kernel and boot again; where the watchdog (hpet or acpi_pm) is the wrong one, tsc=nowatchdog "
            + "keeps the TSC: use it only after the clock has been compared with a time server"),
    };

    /// <summary>Another source now; and at boot nothing any more that makes the kernel use the TSC.</summary>
    private static Remedy LeaveTsc(MachineFacts facts)
    {
        var now = $"echo {Better(facts)} > {SourceRemedy.CurrentFile}";
        var forced = facts.Clock.CommandLine.TryGet(out var line)
            ? line.All.Where(a => (a.Is("clocksource") || a.Is("tsc")) && a.Value is "tsc" or "reliable").Select(a => a.Text).Distinct(StringComparer.Ordinal).ToList() : [];
        if (forced.Count == 0)
            return new("Switch to another clock source now", now);
        var atBoot = ByDistribution.KernelArguments(facts, "Do not make the kernel use the TSC", [], forced);
        return new($"Switch to another clock source now; then {char.ToLowerInvariant(atBoot.Summary[0])}{atBoot.Summary[1..]}", [now, .. atBoot.Commands])
        {
            Arguments = atBoot.Arguments,
        };
    }

    private static string Better(MachineFacts facts)
    {
        var available = facts.Clock.AvailableSources.Or([]);
        return ((string[])["kvm-clock", "xen", "hyperv_clocksource_tsc_page", "hpet", "acpi_pm"]).FirstOrDefault(s =>
            available.Contains(s, StringComparer.Ordinal)) ?? "hpet";
    }
}
