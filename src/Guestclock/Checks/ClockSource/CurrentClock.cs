using Guestclock.Checks.Tsc;
using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Formats.KernelMessages;

namespace Guestclock.Checks.ClockSource;

/// <summary>
/// What the clock rests on. On x86-64 before 2.6.21 (RHEL 4 and 5) the kernel has no choice of clock sources: sysfs is missing or says
/// "jiffies" whatever is used, and only a line of the kernel log tells (arch/x86_64/kernel/time.c).
/// </summary>
public sealed record CurrentClock(string Name, EvidenceItem Evidence, Finding? Unknown)
{
    public static CurrentClock Of(MachineFacts facts)
    {
        var current = facts.Clock.CurrentSource;
        if (!HasOldTimers(facts))
            return current.TryGet(out var name) ? new(name, EvidenceItem.Of("clock source", current), null)
                : new("", EvidenceItem.Of("clock source", current), Finding.Unknown("the clock source", current));
        var log = facts.KernelLog.Log;
        if (log.TryGet(out var lines) && ClockHistory.Of(lines).Of(ClockMessageKind.OldTimer).LastOrDefault() is { Line: not null } last)
            return new(Renamed(last.Message.Subject), new("kernel log", ClockHistory.Quote(last.Line), log.Source), null);
        return new("", EvidenceItem.Of("clock source", current),
            Finding.Unknown("cannot tell what the clock runs on: this kernel shows it in its log only",
            log.Why ?? "the line 'time.c: Using … timer' is not in the kernel log", log.IsKnown ? FactState.NotRecorded
                : log.State, EvidenceItem.Of("clock source", current)));
    }

    private static bool HasOldTimers(MachineFacts facts) =>
        facts.Identity.Architecture.Is(a => a == "x86_64") && facts.Identity.KernelRelease.Is(r => KernelVersion.IsBefore(r, 2, 6, 21))
        && !facts.Clock.CurrentSource.Is(c => c is not "jiffies");

    /// <summary>The names of today for those of arch/x86_64/kernel/time.c.</summary>
    private static string Renamed(string timer) => timer switch
    {
        "KVM" => "kvm-clock",
        "PM" => "acpi_pm",
        "HPET" => "hpet",
        "TSC" => "tsc",
        "PIT/TSC" or "HPET/TSC" or "PM/TSC" => "tsc",
        "PIT" => "pit",
        _ => timer.ToLowerInvariant(),
    };
}
