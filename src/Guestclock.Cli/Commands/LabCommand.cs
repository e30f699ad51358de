using System.CommandLine;
using System.CommandLine.Completions;
using Guestclock.Cli.Lab;
using Guestclock.Formats;
using Guestclock.Lab.Methods;
using Guestclock.Lab.Reports;
using Guestclock.Lab.Results;
using Guestclock.Lab.Scenarios;
using Guestclock.Lab.Sessions;
using Guestclock.Units;

namespace Guestclock.Cli.Commands;

/// <summary><c>guestclock lab</c>: breaks clocks of real guests and measures how each method recovers.</summary>
internal static class LabCommand
{
    private const int MostRuns = 1000;

    /// <summary>What is run when no scenario is named: what users meet most, in minutes.</summary>
    private const string DefaultScenario = "pause";

    public const string Name = "lab";

    /// <summary>After Ctrl-C: for the end of virtual machines and of what serves them.</summary>
    public static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(15);

    public static Command Create(CommandContext context)
    {
        var scenario = Names("--scenario", $"What breaks the clock ({DefaultScenario}); all for every one.", ScenarioCatalogue.All.Select(s => (s.Name, s.Description)));
        var method = Names("--method", "What puts it right (all).", MethodCatalogue.All.Select(m => (m.Name, m.Description)));
        var runs = new Option<int>("--runs") { Description = "Of each method in each scenario (1); medians are shown.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var error = DurationOption.Create("--error", "How wrong clocks are made (20s).");
        var observe = DurationOption.Create("--observe", "Watch each recovery for at most this (20s); less once it has settled.");
        var patience = DurationOption.Create("--patience", "Watch a time service in the guest for at most this (as --observe); 15m shows stock chrony's whole recovery.");
        var format = new Option<string>("--format") { Description = "text (default), json or markdown.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "markdown");
        var output = new Option<string?>("--output") { Description = "Where samples (CSV), plot (SVG) and result (JSON) go; without it a new folder here.", HelpName = "DIR" };
        var keep = new Option<bool>("--keep") { Description = "Leave the guests' own folders there, with their consoles." };
        var list = new Option<bool>("--list") { Description = "List scenarios and methods." };
        var command = new Command(Name, "Breaks the clocks of real guests in QEMU, and measures how each method puts them right: how soon, how well, and whether its claim is true.");
        foreach (var option in new Option[] { scenario, method, runs, error, observe, patience, format, output, keep, list })
            command.Options.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var scenarios = Chosen(scenario.Name, parsed.GetValue(scenario), ScenarioCatalogue.All, s => s.Name, DefaultScenario);
            var methods = Chosen(method.Name, parsed.GetValue(method), MethodCatalogue.All, m => m.Name, "all");
            if (parsed.GetValue(list))
                return List(context);
            var observed = Positive(parsed, observe) ?? TimeSpan.FromSeconds(20);
            var options = new LabOptions
            {
                Error = Positive(parsed, error) ?? TimeSpan.FromSeconds(20),
                Observe = observed,
                Patience = Positive(parsed, patience) ?? observed,
                Runs = parsed.GetValue(runs) is var n and >= 1 and <= MostRuns ? n : throw new UsageException($"--runs {parsed.GetValue(runs)}: give a number from 1 to {MostRuns}"),
                Keep = parsed.GetValue(keep),
                Command = "guestclock " + string.Join(' ', parsed.Tokens.Select(t => t.Value)),
                Version = App.Version,
            };
            var plan = LabPlan.Of(scenarios, methods);
            if (plan.Cells.Count == 0)
                throw new UsageException(string.Join("; ", plan.LeftOut.Select(l => $"{l.Method} makes no sense in {l.Scenario}: {l.Reason}")));
            var folder = LabFolder.Create(parsed.GetValue(output), context.Terminal.Time);
            return await RunAsync(context, plan, options, folder, parsed.GetValue(format)!, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        CommandContext context, LabPlan plan, LabOptions options, LabFolder folder, string format, CancellationToken cancellationToken)
    {
        LabReport report;
        using (var progress = new LabProgress(context.Stderr, context.Terminal))
            report = await new LabSession(plan, options, progress, context.Terminal.Time).RunAsync(folder.Keep, cancellationToken);
        folder.Keep(report);
        switch (format)
        {
            case "json":
                LabJson.Write(report, context.Stdout);
                break;
            case "markdown":
                LabMarkdown.Write(report, context.Stdout);
                break;
            default:
                LabText.Write(report, context.Stdout, context.Terminal.Layout);
                break;
        }

        context.Stdout.Flush();
        context.Stderr.WriteLine($"Samples, plot and result are in {folder.Path}.");
        return report.IsInterrupted || report.Cells.Any(c => c.Failures.Any()) ? ExitCodes.Unknown : ExitCodes.Ok;
    }

    private static int List(CommandContext context)
    {
        var pen = new Reports.TextPen(context.Stdout, context.Terminal.Layout);
        pen.Line(pen.Paint("Scenarios", "1"));
        foreach (var scenario in ScenarioCatalogue.All)
            pen.Paragraph(scenario.Description, $"  {scenario.Name,-16} ");
        pen.Line();
        pen.Line(pen.Paint("Methods", "1"));
        foreach (var method in MethodCatalogue.All)
            pen.Paragraph(method.Description, $"  {method.Name,-16} ");
        return ExitCodes.Ok;
    }

    private static Option<string[]> Names(string name, string description, IEnumerable<(string Name, string Description)> known) => new(name)
    {
        Description = description,
        HelpName = "NAME",
        AllowMultipleArgumentsPerToken = true,
        CompletionSources = { _ => known.Select(k => new CompletionItem(k.Name, documentation: k.Description)).Append(new CompletionItem("all")) },
    };

    /// <summary>What the names name, in the order of the catalogue.</summary>
    private static List<T> Chosen<T>(string option, string[]? given, IReadOnlyList<T> catalogue, Func<T, string> nameOf, string byDefault)
    {
        var names = (given ?? []).SelectMany(g => g.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToHashSet(StringComparer.Ordinal);
        if (names.Count == 0)
            names.Add(byDefault);
        foreach (var name in names.Where(n => n != "all" && !catalogue.Any(c => nameOf(c) == n)))
            throw new UsageException($"{option} {name}: there is no such {option.TrimStart('-')}{Nearest.Hint(name, catalogue.Select(nameOf))}; 'guestclock lab --list' shows them");
        return [.. catalogue.Where(c => names.Contains("all") || names.Contains(nameOf(c)))];
    }

    private static TimeSpan? Positive(ParseResult parsed, Option<Nanoseconds?> option) =>
        parsed.GetValue(option) is not { } value ? null
        : value.Value >= 1_000_000 ? TimeSpan.FromTicks(value.Value / 100)
        : throw new UsageException($"{option.Name} must be at least 1ms");
}
