using Guestclock.Checks.Tsc;
using Guestclock.Facts;

namespace Guestclock.Checks.ClockSource;

/// <summary>clocksource-not-demoted: the watchdog has not taken the clock's source away since boot.</summary>
public sealed class ClocksourceNotDemoted : Check
{
    public override string Id => "clocksource-not-demoted";

    public override string Title => "The watchdog has not switched the clock source since boot";

    public override CheckGroup Group => CheckGroup.ClockSource;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (facts.Identity.Os.Is(o => o.Family == OsFamily.Windows))
            return Finding.NotApplicable("Windows has no clock source watchdog");
        var log = facts.KernelLog.Log;
        var current = facts.Clock.CurrentSource;
        if (log.TryGet(out var lines))
        {
            var history = ClockHistory.Of(lines);
            if (Demotion(lines, history) is { } demotion)
                return Demoted(facts, demotion.Mark, demotion.To);
            if (history.Complete)
                return Finding.Pass("no clock source was taken away since boot", EvidenceItem.Of("clock source", current));
        }

        // Sources that come first on their machines: nothing was taken away where they are in use.
        if (current.Is(c => c is "tsc" or "kvm-clock" or "xen" or "arch_sys_counter" or "timebase" or "tod"
            || c.StartsWith("hyperv_clocksource", StringComparison.Ordinal)))
            return Finding.Pass($"the clock still runs on {current.Value}", EvidenceItem.Of("clock source", current));
        return log.IsKnown
            ? Finding.Unknown("cannot tell: the kernel log does not reach back to the boot", "the start of the kernel log is lost",
                FactState.NotRecorded, EvidenceItem.Of("clock source", current))
            : Finding.Unknown("the kernel log", log);
    }

    /// <summary>The last mark of a source that was current, with the source that the kernel switched to after it.</summary>
    private static (UnstableMark Mark, SourceSwitch To)? Demotion(KernelLog log, ClockHistory history)
    {
        (UnstableMark, SourceSwitch)? found = null;
        string? current = null;
        UnstableMark? pending = null;
        var marks = history.Marks.ToLookup(m => m.Line, ReferenceEqualityComparer.Instance);
        var switches = history.Switches.ToLookup(s => s.Line, ReferenceEqualityComparer.Instance);
        foreach (var line in log.Lines)
        {
            foreach (var mark in marks[line])
            {
                // A mark at boot, before the first switch, takes nothing away; a requested one neither.
                if (!mark.IsRequested && current is not null
                    && (mark.Source == current || (mark.Source.Length == 0 && current.StartsWith("tsc", StringComparison.Ordinal))
                    || (mark.Source == "tsc" && current == "tsc-early")))
                    pending = mark;
            }

            foreach (var change in switches[line])
            {
                if (pending is not null && change.To != pending.Source)
                    found = (pending, change);
                pending = null;
                current = change.To;
            }
        }

        return found;
    }

    private static Finding Demoted(MachineFacts facts, UnstableMark mark, SourceSwitch to)
    {
        var current = facts.Clock.CurrentSource;
        var evidence = new List<EvidenceItem>(ClockHistory.Evidence(mark, facts.KernelLog.Log))
        {
            new("kernel log", ClockHistory.Quote(to.Line), facts.KernelLog.Log.Source), EvidenceItem.Of("clock source", current),
        };
        var at = to.Line.AtUs is { } us ? $" {new Units.Nanoseconds((long)Math.Min(us * 1e3, 9e18))} after boot" : "";
        var source = mark.Source.Length > 0 ? mark.Source : "tsc";
        var summary = $"the watchdog took {source} away{at} and switched the clock to {to.To}";
        if (current.Is(c => c is "kvm-clock" or "xen" || c.StartsWith("hyperv", StringComparison.Ordinal)) || to.To is "kvm-clock" or "xen")
            return Finding.Info($"{summary}, which is right in this guest", evidence);
        if (current.IsKnown && current.Value != to.To && current.Value != source)
            return Finding.Info($"{summary}; since then the clock was put on {current.Value}", evidence);
        if (TscQuality.IsEmulated(facts))
            return Finding.Info($"{summary}, which serves an emulated machine as well", evidence);
        return Finding.Warning(summary, SourceRemedy.Switch(facts, to.To), evidence) with
        {
            Reason = facts.IsGuest ? "in a guest the watchdog is often wrong: the virtual CPU was not running between its two readings"
                : null,
        };
    }
}
