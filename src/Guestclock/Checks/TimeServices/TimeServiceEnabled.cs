using Guestclock.Facts;
using Guestclock.Remedies;

namespace Guestclock.Checks.TimeServices;

/// <summary>time-service-enabled: a time service starts at boot, and its configuration lets it start.</summary>
public sealed class TimeServiceEnabled : Check
{
    public override string Id => "time-service-enabled";

    public override string Title => "A time service starts at boot";

    public override CheckGroup Group => CheckGroup.TimeService;

    public override bool IsEssential => true;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (Situation.NotJudged(facts) is { } not)
            return not;
        if (Situation.NoMachine(facts) is { } nothing)
            return nothing;
        if (!facts.Services.TimeServices.TryGet(out var services))
            return Finding.Unknown("the list of time services", facts.Services.TimeServices);
        var evidence = services.Select(Situation.Evidence).ToList();
        var enabled = services.Where(s => (s.DisciplinesSystemClock || s.Kind == TimeServiceKind.Timemaster)
            && s.Enabled.Is(e => e)).ToList();
        if (enabled.Count > 0)
            return Enabled(facts, enabled, evidence);

        var unclear = services.FirstOrDefault(s => s.DisciplinesSystemClock
            && s.Enabled.State is not (FactState.Known or FactState.Missing));
        if (unclear is not null)
            return Finding.Unknown($"whether {unclear.Name} starts at boot", unclear.Enabled);
        if (facts.Services.Disciplining.FirstOrDefault() is { } running)
        {
            var summary = $"{running.Name} runs now but does not start at boot: after a reboot the clock drifts freely";
            return Finding.Warning(summary, Situation.Start(facts, running), evidence);
        }

        if (services.FirstOrDefault(s => s.NoSet && s.Enabled.Is(e => e)) is { } idle)
        {
            return Finding.Critical($"{idle.Name} starts at boot, but with {Situation.NotSetting(idle)} it does not set the system clock",
                Situation.LetSet(facts, idle), evidence);
        }

        var installed = Situation.Installed(facts);
        if (services.Count == 0)
            evidence.Add(new("time services", "none installed", facts.Services.TimeServices.Source));
        var lack = installed is null ? "no time service is installed" : $"{installed.Name} is installed but does not start at boot";
        return Situation.OtherKeeper(facts) is { } keeper
            ? Finding.Warning($"{lack}; only {keeper} may set the clock", Situation.Start(facts, installed), evidence)
            : Finding.Critical($"{lack}: nothing will keep the clock right", Situation.Start(facts, installed), evidence);
    }

    private static Finding Enabled(MachineFacts facts, List<TimeService> enabled, List<EvidenceItem> evidence)
    {
        if (enabled is [{ Kind: TimeServiceKind.Chronyd } chronyd] && facts.Services.ChronyConf.TryGet(out var conf)
            && conf.Refusal is { } refusal)
        {
            evidence.Add(new("chrony's configuration", refusal, conf.File));
            var remedy = new Remedy("Correct the configuration and test it before the service restarts", $"chronyd -p -f {conf.File}",
                ByDistribution.Restart(facts, chronyd.ServiceName));
            return Finding.Warning($"chronyd starts at boot but refuses its configuration: {refusal}", remedy, evidence);
        }

        return Finding.Pass($"{string.Join(" and ", enabled.Select(s => s.Name))} starts at boot", evidence);
    }
}
