using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Remedies;

namespace Guestclock.Checks.Windows;

/// <summary>
/// windows-timer: Windows 2000, XP and Server 2003 take their performance counter from the ACPI PM timer, not from the TSC.
/// </summary>
public sealed class WindowsTimer : Check
{
    private const string Switch = "/usepmtimer";

    /// <summary>The store of settings is Windows' own: these lines are for its command prompt.</summary>
    private static readonly Remedy Bcd = new(
        "Inside Windows, in a command prompt of an administrator: look whether a platform clock is forced, take that back, and restart Windows",
        "bcdedit /enum {current}   # useplatformclock or useplatformtick: Yes?", "bcdedit /deletevalue {current} useplatformclock",
        "bcdedit /deletevalue {current} useplatformtick");

    public override string Id => "windows-timer";

    public override string Title => "Windows XP and Server 2003 use the ACPI PM timer";

    public override CheckGroup Group => CheckGroup.Windows;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        var windows = facts.Windows;
        if (windows.BootManager.TryGet(out var manager))
        {
            return Finding.Info(
                $"{manager} is there: Windows Vista and later read BCD and not boot.ini; leave useplatformclock unset and give the guest hypervclock",
                EvidenceItem.Of("boot manager", windows.BootManager)) with
            { Remedy = Bcd };
        }

        if (!windows.BootIni.TryGet(out var ini))
            return NoBootIni(facts);
        var entries = ini.Entries.Select((e, i) => (Entry: e, Number: i + 1)).Where(e => Concerns(e.Entry)).ToList();
        if (entries.Count == 0)
            return Finding.NotApplicable("boot.ini has no entry of Windows 2000, XP or Server 2003",
                EvidenceItem.Of("boot.ini", windows.BootIni, $"{ini.Entries.Count} entries"));

        var source = windows.BootIni.Source;
        var evidence = entries.Select(e =>
            new EvidenceItem(e.Entry.Title, e.Entry.Switches.Count == 0 ? "no switches" : string.Join(' ', e.Entry.Switches),
                $"{source}:{e.Entry.Line}")).ToList();
        var wrong = Misspelt(ini);
        evidence.AddRange(wrong.Select(w => new EvidenceItem("wrong", w.Text, $"{source}:{w.Number}")));
        var without = entries.Where(e => !e.Entry.Has(Switch)).ToList();
        if (without.Count == 0)
            return Finding.Pass($"{Switch} is set for {entries.Count} of {entries.Count} entries", evidence);

        var summary = wrong.Count > 0
            ? $"line {wrong[0].Number} of boot.ini is wrong: the switch is {Switch}, one word, at the end of the entry's own line"
            : $"{without[0].Entry.Title} has no {Switch}: its performance counter rests on the TSC, which differs between virtual "
                + "CPUs and hosts";
        if (facts.Assumed.HostConstantTsc == true && wrong.Count == 0)
            return Finding.Info($"{without[0].Entry.Title} has no {Switch}, which matters on hosts without a constant TSC", evidence);
        return Finding.Warning(summary, new Remedy(
            $"Append {Switch} to the line of each entry in boot.ini (a hidden, read-only system file; keep its bytes and line ends) "
                + "and restart Windows; in the guest's own command prompt:",
            [.. without.Select(e => $"bootcfg /raw \"{Switch}\" /A /ID {e.Number}")]), evidence);
    }

    private static Finding NoBootIni(MachineFacts facts)
    {
        var ini = facts.Windows.BootIni;
        var isWindows = facts.Identity.Os.Is(o => o.Family == OsFamily.Windows);
        if (ini.State == FactState.Missing && isWindows)
            return Finding.Unknown("cannot tell: boot.ini is not on this volume",
                "it stands on the active partition; give that as --root", FactState.Missing, EvidenceItem.Of("boot.ini", ini));
        return ini.State == FactState.Missing || (facts.Identity.Os.IsKnown && !isWindows && ini.State == FactState.NotRecorded)
            ? Finding.NotApplicable("there is no Windows here")
            : Finding.Unknown("boot.ini", ini);
    }

    // An ARC path names an installation; C:\ starts another loader, /cmdcons is the recovery console. NT 4 knows no such switch.
    internal static bool Concerns(BootIniEntry entry) =>
        (entry.Path.StartsWith("multi(", StringComparison.OrdinalIgnoreCase)
            || entry.Path.StartsWith("scsi(", StringComparison.OrdinalIgnoreCase)
            || entry.Path.StartsWith("signature(", StringComparison.OrdinalIgnoreCase))
        && !entry.Has("/cmdcons") && !entry.Title.Contains("Windows NT", StringComparison.OrdinalIgnoreCase);

    private static List<BootIniLine> Misspelt(BootIni ini)
    {
        var lines = ini.Entries.Where(e => e.Has("/use") || e.Has("pmtimer") || e.Has("/pmtimer") || e.Has("usepmtimer"))
            .Select(e => new BootIniLine(e.Line, string.Join(' ', e.Switches))).ToList();
        lines.AddRange(ini.Strays.Where(s => s.Text.Contains("pmtimer", StringComparison.OrdinalIgnoreCase)));
        return lines;
    }
}
