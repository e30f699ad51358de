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
    /// <summary>A repair may bring another matter up (a service that will start has a configuration that is judged only then); so often it is looked again.</summary>
    private const int MostRounds = 3;

    /// <param name="machine">The machine's files as they are, secrets included: they are written back.</param>
    /// <param name="judge">Judges the machine as it will be; null: what the repairs bring up is left for the next run.</param>
    public static Plan Make(MachineFacts facts, Judgement judgement, IMachine machine, PlanOptions options,
        Func<IMachine, (MachineFacts Facts, Judgement Judgement)>? judge = null)
    {
        var making = new Making(machine, options);
        for (var round = 1; making.Add(facts, judgement, isFirst: round == 1) && judge is not null && round < MostRounds; round++)
            (facts, judgement) = judge(new RepairedMachine(machine, making.Draft));
        return making.End();
    }

    private sealed class Making(IMachine machine, PlanOptions options)
    {
        private readonly List<FixStep> _steps = [];
        private readonly List<FixStep> _deferred = [];
        private readonly List<PlannedFinding> _findings = [];

        public Draft Draft { get; private set; } = new(machine);

        /// <summary>Plans for the findings that were not there before; true where that changes files.</summary>
        public bool Add(MachineFacts facts, Judgement judgement, bool isFirst)
        {
            var before = _steps.Count;
            foreach (var judged in judgement.Checks.Where(c => IsWanted(c, isFirst)).OrderBy(c => c.Link).ToList())
            {
                var copy = Draft.Copy();
                var attempt = Attempt(facts, judgement, judged, copy, machine.IsLive, options);
                if (options.Aside && machine.IsLive && !attempt.Steps.Any(s => s is FileStep))
                {
                    // A program would change the boot files in their places; only our own edits can be written aside.
                    copy = Draft.Copy();
                    attempt = Attempt(facts, judgement, judged, copy, isLive: false, options);
                }

                if (judged.Finding.Status == CheckStatus.Info && attempt.Finding.State == FindingState.LeftToUser && !options.Named.Contains(judged.Check.Id))
                    continue;
                if (!isFirst && attempt.Finding.State != FindingState.Planned)
                    continue;
                _findings.Add(attempt.Finding);
                if (attempt.Finding.State != FindingState.Planned)
                    continue;
                Draft = copy;
                var isNamed = options.Named.Contains(judged.Check.Id);
                foreach (var step in attempt.Steps.Where(s => IsKept(s, options)))
                    (IsTaken(step, isNamed, options) ? _steps : _deferred).Add(step);
            }

            return _steps.Skip(before).Any(s => s is FileStep or LinkStep);
        }

        public Plan End()
        {
            var merged = Merge(_steps);
            return options.Aside
                ? new(AsideFiles.Of(merged, Draft), _findings, Merge(_deferred)) { IsAside = true, AfterAside = [.. merged.OfType<ProgramStep>().Where(p => p.Phase == StepPhase.Generate)] }
                : new(merged, _findings, Merge(_deferred));
        }

        private bool IsWanted(JudgedCheck c, bool isFirst) =>
            IsRepairable(c) && (options.Chosen?.Invoke(c.Check) ?? true)
            && (isFirst || (c.Finding.Status is CheckStatus.Warning or CheckStatus.Critical && _findings.TrueForAll(f => f.Judged.Check.Id != c.Check.Id)));
    }

    private static bool IsKept(FixStep step, PlanOptions options) => !options.NoActivate || step.Phase != StepPhase.Activate;

    private static bool IsTaken(FixStep step, bool isNamed, PlanOptions options) => step.Risk == Risk.None || isNamed || options.Aside;

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
        var kept = context.Steps.Where(s => IsKept(s, options)).ToList();
        var (state, why) = refusal is not null ? (FindingState.LeftToUser, refusal)
            : context.Steps.Count == 0 ? (FindingState.LeftToUser, null)
            : judged.Finding.Status == CheckStatus.Info && !isNamed ? (FindingState.Optional, null)
            : kept.Count == 0 ? (FindingState.HeldBack, "changes the running machine only, which --no-activate leaves alone")
            : kept.Exists(s => !IsTaken(s, isNamed, options) && s.Phase != StepPhase.Activate) || kept.TrueForAll(s => !IsTaken(s, isNamed, options))
                ? (FindingState.HeldBack, RiskText.Of(risk))
            : (FindingState.Planned, null);
        return new(new(judged, fixes, state, risk, why, context.LeftToUser) { WouldDo = state is FindingState.HeldBack or FindingState.Optional ? context.Steps : [] }, context.Steps);
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
                (ProgramStep, ProgramStep b) => b with { Writes = [.. group.OfType<ProgramStep>().SelectMany(s => s.Writes).Distinct(StringComparer.Ordinal)] },
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
