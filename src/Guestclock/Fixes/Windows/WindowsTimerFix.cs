using Guestclock.Checks.Windows;
using Guestclock.Fixes.Steps;
using Guestclock.Formats.Editing;

namespace Guestclock.Fixes.Windows;

/// <summary>windows-timer: /usepmtimer in boot.ini. What Vista and later read is a registry of its own, which is not edited here.</summary>
public sealed class WindowsTimerFix : Fix
{
    public override string Name => "windows-timer";

    public override string Title => "Adds /usepmtimer to boot.ini";

    public override IReadOnlyList<string> Checks => ["windows-timer"];

    public override void Plan(FixContext context)
    {
        var ini = context.Facts.Windows.BootIni;
        if (context.Facts.Windows.BootManager.IsKnown || !ini.IsKnown)
        {
            var remedy = context.Judged.Finding.Remedy!;
            context.LeaveToUser(remedy.Summary, remedy.Commands);
            return;
        }

        var text = context.Files.Text(ini.Source) ?? throw new FixRefusedException($"there is no {ini.Source}");
        context.Write(ini.Source, BootIniEditor.Add(text, WindowsTimer.Concerns),
            "the performance counter rests on the ACPI PM timer, not on the TSC", Effect.GuestStart);
    }
}
