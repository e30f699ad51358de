using Guestclock.Checks.Phc;
using Guestclock.Facts;
using Guestclock.Fixes.Steps;
using Guestclock.Formats.Editing;
using Guestclock.Judging;

namespace Guestclock.Fixes.Phc;

/// <summary>phc-device-name: a udev rule gives the hypervisor's clock a name that stays, where the distribution's udev has none for it.</summary>
public sealed class PhcDeviceName : Fix
{
    public override string Name => "phc-device-name";

    public override string Title => "Give the hypervisor's clock a device name that stays";

    public override IReadOnlyList<string> Checks => ["phc-refclock"];

    public override bool Takes(JudgedCheck judged) => base.Takes(judged) && judged.Finding.Remedy!.Commands.Any(c => c.Contains(PhcRemedy.RuleFile, StringComparison.Ordinal));

    public override void Plan(FixContext context)
    {
        if (HostClock.Of(context.Facts) is not { StableName: { } link } usual)
            return;
        foreach (var clock in context.Facts.Devices.PtpClocks.Or([]).Where(c => c.StableNames.Count == 0 && c.ClockName == usual.ClockName).Take(1))
            Make(context, PhcRemedy.Rule(clock, link));
    }

    private static void Make(FixContext context, string rule)
    {
        const string Why = "so that chrony's line names the right clock whatever the order of devices";
        var text = context.Files.Text(PhcRemedy.RuleFile) ?? "";
        if (text.Split('\n').Any(l => l.TrimEnd('\r') == rule))
            return;
        var end = text.Length == 0 || text[^1] == '\n' ? "" : ShellFile.LineEnd(text);
        context.Write(PhcRemedy.RuleFile, $"{text}{end}{rule}{ShellFile.LineEnd(text)}", Why, Effect.Now);
        // Before chronyd restarts, which is a step of the last phase.
        foreach (IReadOnlyList<string> arguments in new string[][] { ["control", "--reload"], ["trigger", "--subsystem-match=ptp"], ["settle"] })
            context.Add(new ProgramStep("udevadm", arguments) { Phase = StepPhase.Generate, Effect = Effect.Now, Undo = arguments }, Why);
    }
}
