using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Fixes.Steps;
using Guestclock.Formats;
using Guestclock.Judging;
using Guestclock.Machines;

namespace Guestclock.Fixes;

/// <summary>Makes the plan for the findings of a judgement. Pure: it reads through the machine and changes nothing.</summary>
public static class Planner
{
    /// <param name="machine">The machine's files as they are, secrets included: they are written back.</param>
    public static Plan Make(MachineFacts facts, Judgement judgement, IMachine machine, PlanOptions options)
    {
        var draft = new Draft(machine);
        var steps = new List<FixStep>();
        var deferred = new List<FixStep>();
        var findings = new List<PlannedFinding>();
        var wanted = judgement.Checks.Where(c => IsRepairable(c) && (options.Chosen?.Invoke(c.Check) ?? true)).OrderBy(c => c.Link).ToList();
        foreach (var judged in wanted)
        {
            var copy = draft.Copy();
            var attempt = Attempt(facts, judgement, judged, copy, machine.IsLive, options);
            if (judged.Finding.Status == CheckStatus.Info && attempt.Finding.State == FindingState.LeftToUser && !options.Named.Contains(judged.Check.Id))
                continue;
            findings.Add(attempt.Finding);
            if (attempt.Finding.State != FindingState.Planned)
                continue;
            draft = copy;
            var isNamed = options.Named.Contains(judged.Check.Id);
            foreach (var step in attempt.Steps)
            {
                if (options.NoActivate && step.Phase == StepPhase.Activate)
                    continue;
                (step.Risk == Risk.None || isNamed || options.Aside ? steps : deferred).Add(step);
            }
        }

        var merged = Merge(steps);
        return options.Aside
            ? new(AsideFiles.Of(merged, draft), findings, Merge(deferred)) { IsAside = true, AfterAside = [.. merged.OfType<ProgramStep>().Where(p => p.Phase == StepPhase.Generate)] }
            : new(merged, findings, Merge(deferred));
    }

    private static bool IsRepairable(JudgedCheck c) =>
        c.Waived is null && (c.Finding.Status is CheckStatus.Warning or CheckStatus.Critical
            || (c.Finding.Status == CheckStatus.Info && FixCatalogue.All.Any(f => f.Takes(c))));

    private sealed record Attempted(PlannedFinding Finding, IReadOnlyList<FixStep> Steps);

    private static Attempted Attempt(MachineFacts facts, Judgement judgement, JudgedCheck judged, Draft files, bool isLive, PlanOptions options)
    {
        var fixes = FixCatalogue.All.Where(f => f.Takes(judged) && (!options.Aside || f.EditsBootFiles)).ToList();
        var isNamed = options.Named.Contains(judged.Check.Id);
        var context = new FixContext(facts, judgement, judged, files, isLive, isNamed);
        string? refusal = null;
        try
        {
            foreach (var fix in fixes)
                fix.Plan(context);
        }
        catch (Exception e) when (e is FixRefusedException or MalformedInputException)
        {
            refusal = e.Message;
        }

        var risk = context.Steps.Select(s => s.Risk).DefaultIfEmpty(Risk.None).Max();
        var (state, why) = refusal is not null ? (FindingState.LeftToUser, refusal)
            : context.Steps.Count == 0 ? (FindingState.LeftToUser, null)
            : judged.Finding.Status == CheckStatus.Info && !isNamed ? (FindingState.Optional, null)
            : !isNamed && !options.Aside && context.Steps.Any(s => s.Risk != Risk.None && s.Phase != StepPhase.Activate) ? (FindingState.HeldBack, RiskText.Of(risk))
            : (FindingState.Planned, null);
        return new(new(judged, fixes, state, risk, why, context.LeftToUser), context.Steps);
    }

    /// <summary>One step for each key, in the order of the phases; several changes of one file become one.</summary>
    private static List<FixStep> Merge(List<FixStep> steps)
    {
        var merged = new List<FixStep>();
        foreach (var group in steps.GroupBy(s => s.Key, StringComparer.Ordinal))
        {
            var (first, last) = (group.First(), group.Last());
            var one = (first, last) switch
            {
                (FileStep a, FileStep b) => b with { Before = a.Before },
                (LinkStep a, LinkStep b) => b with { Before = a.Before },
                (ValueStep a, ValueStep b) => b with { Before = a.Before },
                (DomainStep a, DomainStep b) => b with { Before = a.Before },
                _ => last,
            };
            if (one is LinkStep link && link.Before == link.After)
                continue;
            if (one is FileStep { Before: { } old } file && old.AsSpan().SequenceEqual(file.After))
                continue;
            merged.Add(one with
            {
                Reasons = [.. group.SelectMany(s => s.Reasons).Distinct()],
                Risk = group.Max(s => s.Risk),
                Effect = group.Max(s => s.Effect),
            });
        }

        return [.. merged.OrderBy(s => s.Phase)];
    }
}
