using Guestclock.Facts;

namespace Guestclock.Checks.TimeServices;

/// <summary>time-service-running: something keeps the system clock right now.</summary>
public sealed class TimeServiceRunning : Check
{
    public override string Id => "time-service-running";

    public override string Title => "A time service runs and sets the system clock";

    public override CheckGroup Group => CheckGroup.TimeService;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (Situation.NotJudged(facts) is { } not)
            return not;
        if (!facts.Services.TimeServices.TryGet(out var services) || !Situation.KnowsProcesses(facts))
            return Finding.Unknown("the list of running processes", Situation.ProcessesFact(facts));
        var evidence = services.Select(Situation.Evidence).ToList();
        if (services.Count == 0)
            evidence.Add(new("time services", "none installed", facts.Services.TimeServices.Source));
        var setting = facts.Services.Disciplining.ToList();
        if (setting.Count > 0)
            return Finding.Pass($"{Situation.Names(setting)} keeps the system clock", evidence);

        var installed = Situation.Installed(facts);
        var idle = facts.Services.Running.FirstOrDefault();
        var remedy = idle is { NoSet: true } ? Situation.LetSet(facts, idle) : Situation.Start(facts, installed);
        var summary = idle switch
        {
            { Kind: TimeServiceKind.Ptp4l } =>
                "ptp4l runs without phc2sys: it sets the network card's clock, and nothing copies that to the system clock",
            { NoSet: true } =>
                $"{idle.Name} runs with {Situation.NotSetting(idle)} and does not set the system clock, and nothing else does",
            _ when installed is not null => $"{installed.Name} is installed but does not run: the clock drifts freely",
            _ => "no time service is installed: the clock drifts freely",
        };
        if (facts.IsGuest && idle is null)
            summary += "; the hypervisor does not keep a guest's clock right";
        return Situation.OtherKeeper(facts) is { } keeper
            ? Finding.Warning($"{summary}, unless {keeper} sets it", remedy, evidence)
            : Finding.Critical(summary, remedy, evidence);
    }
}
