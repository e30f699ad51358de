using Guestclock.Checks.ClockSource;
using Guestclock.Fixes.Steps;
using Guestclock.Judging;

namespace Guestclock.Fixes.ClockSource;

/// <summary>clock-source: the running kernel's clock moves to the source that suits the machine. What chose the other one at boot is kernel arguments' to repair.</summary>
public sealed class RunningClockSource : Fix
{
    public override string Name => "clock-source";

    public override string Title => "Switches the kernel's clock to the source that suits the machine";

    public override IReadOnlyList<string> Checks => ["clocksource-suitable", "clocksource-not-demoted", "tsc-stable"];

    public override bool Takes(JudgedCheck judged) => base.Takes(judged) && SourceRemedy.Chosen(judged.Finding.Remedy!) is not null;

    public override void Plan(FixContext context)
    {
        var remedy = context.Judged.Finding.Remedy!;
        if (SourceRemedy.Chosen(remedy) is not { } chosen || !context.Facts.Clock.CurrentSource.TryGet(out var current))
            return;
        if (!context.Facts.Clock.AvailableSources.Is(a => a.Contains(chosen, StringComparer.Ordinal)))
        {
            context.LeaveToUser($"the kernel does not offer the clock source {chosen}: see kvm-clock-present");
            return;
        }

        context.Add(new ValueStep(SourceRemedy.CurrentFile, current, chosen) { Effect = Effect.Now }, $"so that the clock runs on {chosen}, which suits this machine");
        if (remedy.Arguments is null && context.IsLive)
            context.LeaveToUser($"the switch to {chosen} holds until the next boot: the kernel log says why {current} was chosen", "dmesg | grep -i -e clocksource -e tsc");
    }
}
