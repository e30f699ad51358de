using Guestclock.Facts;

namespace Guestclock.Checks.TimeServices;

/// <summary>The services that set the clock now or after the next boot: which one stays, and which are one too many.</summary>
internal sealed record Rivals(TimeService? Keep, IReadOnlyList<TimeService> Stop)
{
    public static Rivals Of(MachineFacts facts)
    {
        var running = facts.Services.Disciplining.ToList();
        var all = facts.Services.TimeServices.Or([]).Where(s => running.Contains(s) || StartsAtBoot(s)).ToList();
        // timemaster starts chronyd or ntpd and phc2sys itself; a unit of theirs beside it is a second one.
        var keep = all.FirstOrDefault(s => s.Kind == TimeServiceKind.Timemaster)
            ?? all.FirstOrDefault(s => s.Kind == TimeServiceKind.Chronyd)
            ?? running.FirstOrDefault() ?? all.FirstOrDefault();
        return new(keep, [.. all.Where(s => s != keep && (keep!.Kind != TimeServiceKind.Timemaster || StartsAtBoot(s)))]);
    }

    public static bool StartsAtBoot(TimeService s) => (s.DisciplinesSystemClock || s.Kind == TimeServiceKind.Timemaster)
        && s.Enabled.Is(e => e);
}
