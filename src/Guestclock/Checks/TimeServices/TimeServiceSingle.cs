using Guestclock.Facts;
using Guestclock.Remedies;

namespace Guestclock.Checks.TimeServices;

/// <summary>time-service-single: no two services steer the system clock against each other.</summary>
public sealed class TimeServiceSingle : Check
{
    public override string Id => "time-service-single";

    public override string Title => "Only one time service sets the system clock";

    public override CheckGroup Group => CheckGroup.TimeService;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (Situation.NotJudged(facts) is { } not)
            return not;
        if (!facts.Services.TimeServices.TryGet(out var services))
            return Finding.Unknown("the list of time services", facts.Services.TimeServices);
        var evidence = services.Select(Situation.Evidence).ToList();
        var running = facts.Services.Disciplining.ToList();
        if (running.Count > 1)
        {
            return Finding.Critical($"{Situation.Names(running)} all set the system clock and work against each other",
                Keep(facts), evidence);
        }

        var atBoot = services.Where(Rivals.StartsAtBoot).ToList();
        if (atBoot.Count > 1)
        {
            var summary = $"{string.Join(" and ", atBoot.Select(s => s.Name))} all start at boot: which of them keeps the clock is left " +
                $"to chance, or they work against each other";
            return Finding.Warning(summary, Keep(facts), evidence);
        }

        if (!Situation.KnowsProcesses(facts) && atBoot.Count == 0)
            return Finding.Unknown("the list of running processes", Situation.ProcessesFact(facts));
        if (running.Count == 0 && atBoot.Count == 0)
            return Finding.NotApplicable("no time service sets the system clock (see time-service-running)", evidence);
        if (running is [var one] && atBoot is [var other] && one.Kind != other.Kind && other.Kind != TimeServiceKind.Timemaster)
            return Finding.Info($"{one.Name} sets the clock now, but {other.Name} will after the next boot", evidence);
        return Finding.Pass($"only {(running.Count == 1 ? running[0] : atBoot[0]).Name} sets the system clock", evidence)
            with
        { Reason = Situation.OtherSetter(facts) };
    }

    private static Remedy Keep(MachineFacts facts)
    {
        var (keep, stop) = Rivals.Of(facts);
        return new($"Keep one, {keep!.Name} for example, and stop the others (a PHC can be a refclock of chronyd)",
            [.. stop.SelectMany(s => ByDistribution.DisableAndStop(facts, s.ServiceName))]);
    }
}
