using System.CommandLine;
using Guestclock.Fixes.Runs;
using Guestclock.Linux.Fixing;
using Guestclock.Linux.Machines;
using Guestclock.Reports;
using Guestclock.Reports.Fix;

namespace Guestclock.Cli.Commands;

/// <summary><c>guestclock rollback [ID]</c>: undoes a run of <c>fix</c>.</summary>
internal static class RollbackCommand
{
    public const string Name = "rollback";
    private const string Last = "last";

    public static Command Create(CommandContext context)
    {
        var id = new Argument<string>("ID") { Description = "The run, as fix named it; last (default) is the newest one that is not undone.", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => Last };
        var root = new Option<string?>("--root") { Description = "Undo what was done below DIR.", HelpName = "DIR" };
        var list = new Option<bool>("--list") { Description = "List the runs and change nothing." };
        var dryRun = new Option<bool>("--dry-run", "-n") { Description = "Show what would be undone and change nothing." };
        var force = new Option<bool>("--force") { Description = "Put back also what was changed by somebody else since." };
        var format = new Option<string>("--format") { Description = "text (default) or json.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command(Name, "Undoes a run of fix: puts every file back as it was, unless somebody changed it since.") { id };
        foreach (var option in new Option[] { root, list, dryRun, force, format })
            command.Options.Add(option);
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Roll(parsed, cancellationToken)));
        return command;

        int Roll(ParseResult parsed, CancellationToken cancellationToken)
        {
            if (MachineRoot.Open(parsed.GetValue(root)).Raw is null)
                throw new UsageException($"{parsed.GetValue(root)} is a recording, which fix never changes");
            using var engine = FixEngine.Open(parsed.GetValue(root));
            var isJson = parsed.GetValue(format) == "json";
            var pen = new TextPen(context.Stdout, context.Terminal.Layout);
            foreach (var damaged in engine.DamagedRuns())
                context.Stderr.WriteLine($"guestclock: {Words.Plain(damaged)}");
            if (parsed.GetValue(list))
                return List(engine.Runs(), isJson, pen, context);
            var wanted = parsed.GetValue(id) is { } given && given != Last ? given : null;
            if (parsed.GetValue(dryRun))
                return Preview(engine.PreviewRollBack(wanted), isJson, pen, context);
            // A run that was cut short and cannot be undone is what force is for.
            if (!parsed.GetValue(force) && engine.Recover() is { } recovered)
            {
                context.Stderr.WriteLine($"The run {recovered.Id} was killed on its way; it is undone now.");
                if (wanted is null || wanted == recovered.Id)
                    return End(recovered, isJson, pen, context);
            }

            using var interruption = new Interruption(cancellationToken);
            return End(engine.RollBack(wanted, parsed.GetValue(force), null, interruption.Token), isJson, pen, context);
        }
    }

    private static int List(IReadOnlyList<RunRecord> runs, bool isJson, TextPen pen, CommandContext context)
    {
        if (isJson)
            RunJson.Write(runs, App.Version, context.Stdout);
        else if (runs.Count == 0)
            pen.Line("There is no run to undo.");
        else
            foreach (var run in runs)
                RunLine(run, pen);
        return ExitCodes.Ok;
    }

    private static void RunLine(RunRecord run, TextPen pen)
    {
        pen.Paragraph($"{run.Id}  {StateText(run.State)}{(run.Why is null ? "" : $": {run.Why}")}", "", "  ");
        foreach (var step in run.Steps)
            pen.Paragraph(step.Text, "  ", "    ");
    }

    private static string StateText(RunState state) => state switch
    {
        RunState.Applied => "applied",
        RunState.RolledBack => "undone",
        RunState.PartlyRolledBack => "undone in part",
        _ => "killed on its way; the next run of fix or rollback undoes it",
    };

    private static int Preview(IReadOnlyList<StepRecord> steps, bool isJson, TextPen pen, CommandContext context)
    {
        var left = steps.Count(s => s.State == StepState.Left);
        if (isJson)
        {
            RunJson.WritePreview(steps, App.Version, context.Stdout);
        }
        else
        {
            foreach (var step in steps)
                pen.Paragraph($"{(step.State == StepState.Left ? "would leave" : "would undo")} {step.Text}{(step.Why is null ? "" : $": {step.Why}")}", "", "  ");
        }

        return left > 0 ? ExitCodes.Incomplete : ExitCodes.Ok;
    }

    private static int End(RunRecord run, bool isJson, TextPen pen, CommandContext context)
    {
        if (isJson)
            RunJson.Write([run], App.Version, context.Stdout);
        else
            FixText.Run(run, pen);
        return run.State == RunState.RolledBack ? ExitCodes.Ok : ExitCodes.Incomplete;
    }
}
