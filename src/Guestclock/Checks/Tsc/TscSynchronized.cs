using Guestclock.Facts;
using Guestclock.Formats.KernelMessages;
using Guestclock.Remedies;

namespace Guestclock.Checks.Tsc;

/// <summary>tsc-synchronized: the CPUs' TSCs agree, as the kernel's own tests at boot and later found.</summary>
public sealed class TscSynchronized : Check
{
    public override string Id => "tsc-synchronized";

    public override string Title => "The CPUs' TSCs agree";

    public override CheckGroup Group => CheckGroup.Tsc;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (TscQuality.NoTsc(facts) is { } none)
            return none;
        if (facts.Cpu.Cpus.TryGet(out var cpus) && cpus.Count == 1)
            return Finding.NotApplicable("there is one CPU only", EvidenceItem.Of("CPUs", facts.Cpu.Cpus, "1"));
        var log = facts.KernelLog.Log;
        if (log.TryGet(out var lines) && Failure(facts, ClockHistory.Of(lines), log) is { } failure)
            return failure;
        // The kernel tests each CPU when it starts and would have dropped the TSC.
        if (facts.Clock.CurrentSource.Is(c => c == "tsc"))
            return Finding.Pass("the kernel found no difference between the CPUs' TSCs",
                EvidenceItem.Of("clock source", facts.Clock.CurrentSource));
        if (!log.IsKnown)
            return Finding.Unknown("the kernel log", log);
        return log.Value!.Complete
            ? Finding.Pass("the kernel found no difference between the CPUs' TSCs",
                EvidenceItem.Of("kernel log", log, "no warp or synchronisation failure since boot"))
            : Finding.Unknown("cannot tell: the kernel log does not reach back to the boot", "the start of the kernel log is lost",
                FactState.NotRecorded);
    }

    private static Finding? Failure(MachineFacts facts, ClockHistory history, Fact<KernelLog> log)
    {
        var warps = history.Of(ClockMessageKind.TscWarp).ToList();
        var mark = history.Marks.LastOrDefault(m =>
            m.Reason.StartsWith("check_tsc_sync_source", StringComparison.Ordinal)
            || m.Reason.Contains("unsynchronized", StringComparison.Ordinal)
            || m.Reason.Contains("backwards TSC", StringComparison.Ordinal)
                || m.Line.Text.Contains("inter CPU skew", StringComparison.Ordinal));
        if (warps.Count > 0 || mark is not null)
        {
            var evidence = warps.Select(w => new EvidenceItem("kernel log", ClockHistory.Quote(w.Line), log.Source)).Take(3).ToList();
            if (mark is not null)
                evidence.Add(new("kernel log", ClockHistory.Quote(mark.Line), log.Source));
            return Differ(facts, warps.Count > 0 ? warps.Max(w => w.Message.Number) : -1, evidence);
        }

        var adjusted = history.Of(ClockMessageKind.TscAdjusted).ToList();
        return adjusted.Count == 0 ? null
            : Finding.Info("the firmware left the CPUs' TSCs different, and the kernel put them right",
                adjusted.Select(a => new EvidenceItem("kernel log", ClockHistory.Quote(a.Line), log.Source)).Take(3).ToList());
    }

    private static Finding Differ(MachineFacts facts, long cycles, List<EvidenceItem> evidence)
    {
        var time = facts.Cpu.TscKhz.TryGet(out var khz) && khz > 0 ? $" ({new Units.Nanoseconds((long)Math.Min(1e6 * cycles / khz, 9e18))})"
            : "";
        var by = cycles > 0 ? $" by {cycles} cycles{time}" : "";
        var summary = $"the TSCs of the CPUs differ{by}";
        var current = facts.Clock.CurrentSource;
        evidence.Add(EvidenceItem.Of("clock source", current));
        if (current.Is(c => c is "tsc" or "tsc-early"))
        {
            return Finding.Critical($"{summary}, yet the clock runs on the TSC: it can step back when a program changes CPU",
                new Remedy("Remove tsc=reliable and clocksource=tsc from the boot parameters and boot again"), evidence);
        }

        if (facts.IsGuest && current.Is(c => c is "kvm-clock" or "xen" || c.StartsWith("hyperv", StringComparison.Ordinal)))
        {
            return Finding.Info($"{summary}; {current.Value} allows for that", evidence) with
            {
                Reason = "in a guest the kernel's test also fails when virtual CPUs are paused or started at different times",
            };
        }

        if (TscQuality.IsEmulated(facts))
            return Finding.Info($"{summary}; this is an emulated machine, whose TSCs are made by software", evidence);
        return Finding.Warning(summary, facts.IsGuest
            ? new Remedy("Start the guest again; if the message comes back, look at the host's TSC first (guestclock check on the host)")
            : new Remedy("Update the firmware, then power the machine off and on: a reset does not clear the TSCs"), evidence);
    }
}
