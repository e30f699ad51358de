using Guestclock.Checks;
using Guestclock.Cli.Commands;
using Guestclock.Facts;
using Guestclock.Fixes;
using Guestclock.Fixes.Runs;
using Guestclock.Fixes.Steps;
using Guestclock.Judging;
using Guestclock.Linux.Fixing;
using Guestclock.Linux.Gathering;
using Guestclock.Linux.Machines;
using Guestclock.Linux.Recording;
using Guestclock.Machines;
using Guestclock.Reports;
using Guestclock.Reports.Fix;

namespace Guestclock.Cli.Fixing;

/// <summary>One run of <c>fix</c>: facts, judgement, plan, question, journal and changes, judgement again.</summary>
internal sealed class FixRun(CommandContext context, FixRequest request)
{
    private static readonly TimeSpan SynchronizeLimit = TimeSpan.FromSeconds(20);

    // A repair rests on what is known, and is waited for longer than a check.
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ProbesLimit = TimeSpan.FromSeconds(30);

    private readonly DateTimeOffset _now = context.Terminal.Time.GetUtcNow();
    private readonly TextPen _pen = new(context.Stdout, context.Terminal.Layout);

    public int Run(CancellationToken cancellationToken)
    {
        Assumptions.Apply(new MachineFacts(), request.Assume);
        if (MachineRoot.Open(request.Root).Raw is null)
            throw new UsageException($"{request.Root} is a recording: fix changes machines and images, and a recording is neither");
        using var engine = FixEngine.Open(request.Root);
        if (!request.DryRun && engine.Recover() is { } recovered)
            Tell($"The run {recovered.Id} was killed on its way; it is undone now.");
        var (facts, before) = Judged();
        foreach (var probe in facts.Probes.Where(p => p.State != FactState.Known))
            Tell($"The probe {Words.Plain(probe.Name)} did not finish, so what rests on it is not repaired: {Words.Plain(probe.Why ?? "no reason is known")}.");
        var plan = Planned(facts, before);
        Show(plan);
        if (request.DryRun || (plan.Steps.Count == 0 && !MayAskFor(plan)))
            return End(new(App.Version, _now, request.Root is null, plan.Steps.Count == 0 ? FixState.Nothing : FixState.DryRun, plan, before, null, null));
        plan = Agreed(plan, facts, before);
        if (plan.Steps.Count == 0)
            return End(new(App.Version, _now, request.Root is null, FixState.Declined, plan, before, null, null));
        using var interruption = new Interruption(cancellationToken);
        var run = engine.Apply(plan, App.Version, _now, context.Terminal.ErrorIsTerminal && !request.Json ? Tell : null, interruption.Token);
        var after = Settled(plan, facts, run, interruption.Token);
        var state = run.State == RunState.Applied ? FixState.Applied : FixState.Failed;
        return End(new(App.Version, _now, request.Root is null, state, plan, before, run, after));
    }

    private (MachineFacts Facts, Judgement Judgement) Judged() => Judged(MachineRoot.Open(request.Root).Machine);

    private (MachineFacts Facts, Judgement Judgement) Judged(IMachine machine)
    {
        var facts = Assumptions.Apply(new FactGatherer(ProbeList.All, ProbeLimit, whole: ProbesLimit).Gather(machine), request.Assume);
        return (facts, Judge.Run(facts, request.Policy, DateOnly.FromDateTime(_now.UtcDateTime)));
    }

    /// <summary>The judgement after the changes; a time service that was just started has some seconds to synchronise.</summary>
    private Judgement Settled(Plan plan, MachineFacts facts, RunRecord run, CancellationToken cancellationToken)
    {
        var after = Judged().Judgement;
        if (run.State != RunState.Applied || !plan.Steps.OfType<ProgramStep>().Any(s => StartsTimeService(s, facts)))
            return after;
        var started = context.Terminal.Time.GetTimestamp();
        for (var told = false; IsWrong(after) && context.Terminal.Time.GetElapsedTime(started) < SynchronizeLimit; told = true)
        {
            if (!told && context.Terminal.ErrorIsTerminal)
                Tell($"Waiting for the time service to synchronise, {SynchronizeLimit.TotalSeconds:0} s at most...");
            if (cancellationToken.WaitHandle.WaitOne(TimeSpan.FromSeconds(1)))
                break;
            after = Judged().Judgement;
        }

        return after;
    }

    private static bool StartsTimeService(ProgramStep step, MachineFacts facts) =>
        step.Arguments.Any(a => a is "start" or "restart") && facts.Services.TimeServices.Or([]).Any(s => step.Arguments.Contains(s.ServiceName, StringComparer.Ordinal));

    private static bool IsWrong(Judgement judgement) =>
        judgement.Checks.Any(c => c.Check.Id == "clock-synchronized" && c.Finding.Status is CheckStatus.Warning or CheckStatus.Critical);

    private Plan Planned(MachineFacts facts, Judgement judgement, PlanOptions? options = null) =>
        Planner.Make(facts, judgement, MachineRoot.Open(request.Root).Raw!, options ?? request.Options,
            repaired => Judged(new CachingMachine(new RedactingMachine(repaired))));

    /// <summary>What of the plan is to be done; a plan without steps where the user does not want it.</summary>
    private Plan Agreed(Plan plan, MachineFacts facts, Judgement before)
    {
        var nothing = plan with { Steps = [] };
        if (request.Root is null && facts.Identity.IsRoot.Is(isRoot => !isRoot))
        {
            Tell("guestclock: nothing was changed: changing this machine needs root");
            return nothing;
        }

        if (request.Yes)
            return plan;
        if (context.Ask is not { } ask || request.Json)
        {
            Tell("guestclock: nothing was changed: there is no terminal to ask on; say --yes to apply this plan");
            return nothing;
        }

        if (plan.Steps.Count > 0 && !ask($"Apply {(plan.Steps.Count == 1 ? "this change" : $"these {plan.Steps.Count} changes")}? [y/N] "))
            return nothing;
        var risky = plan.Findings.Where(f => IsHeldForRisk(f) || plan.Deferred.Any(s => s.Reasons.Any(r => r.CheckId == f.Judged.Check.Id)))
            .Where(f => ask($"Also {f.Judged.Check.Id}, which {RiskText.Of(Worst(f, plan))}? [y/N] ")).Select(f => f.Judged.Check.Id).ToList();
        return risky.Count == 0 ? plan : Planned(facts, before, request.Options with { Named = request.Options.Named.Union(risky, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal) });
    }

    /// <summary>Nothing is safe, but a person may say yes to what is not.</summary>
    private bool MayAskFor(Plan plan) => !request.Yes && !request.Json && context.Ask is not null && plan.Findings.Any(IsHeldForRisk);

    private static bool IsHeldForRisk(PlannedFinding finding) => finding is { State: FindingState.HeldBack, Risk: not Risk.None };

    private static Risk Worst(PlannedFinding finding, Plan plan) =>
        plan.Deferred.Where(s => s.Reasons.Any(r => r.CheckId == finding.Judged.Check.Id)).Select(s => s.Risk).Append(finding.Risk).Max();

    private void Show(Plan plan)
    {
        if (!request.Json)
            FixText.Plan(plan, _pen, Redactor.File);
        // Where nobody can read the plan, nothing is done.
        context.Stdout.Flush();
    }

    private int End(FixReport report)
    {
        if (request.Json)
            FixJson.Write(report, context.Stdout, Redactor.File);
        else
            Text(report);
        return report.State is FixState.Declined or FixState.Failed ? ExitCodes.Incomplete : (int)report.Verdict.Status;
    }

    private void Text(FixReport report)
    {
        if (report.State == FixState.Applied)
            FixText.Instructions(AsideFiles.Instructions(report.Plan, request.Root), _pen);
        FixText.Outcome(report, _pen);
    }

    private void Tell(string line) => context.Stderr.WriteLine(line);
}
