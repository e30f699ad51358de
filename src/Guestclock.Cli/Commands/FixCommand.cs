using System.CommandLine;
using Guestclock.Checks;
using Guestclock.Cli.Configuration;
using Guestclock.Cli.Fixing;
using Guestclock.Fixes;

namespace Guestclock.Cli.Commands;

/// <summary><c>guestclock fix</c>: repairs what check finds, shown before, undone by <c>rollback</c>.</summary>
internal static class FixCommand
{
    public const string Name = "fix";

    public static Command Create(CommandContext context)
    {
        var machine = new MachineOptions();
        machine.Root.Description = "Repair what stands below DIR only: an image, a chroot.";
        var only = Ids("--only", "These checks' findings only, risky steps too.");
        var skip = Ids("--skip", "All but the findings of these checks.");
        var dryRun = new Option<bool>("--dry-run", "-n") { Description = "Show the plan and change nothing." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask; needed where there is no terminal." };
        var aside = new Option<bool>("--aside") { Description = "Only boot files, beside the live ones, as NAME.kvm." };
        var noActivate = new Option<bool>("--no-activate") { Description = "Change files only; the rest follows at boot." };
        var policyFile = new Option<string?>("--policy") { Description = "Thresholds and waivers (YAML; docs/policy.md).", HelpName = "FILE" };
        var format = new Option<string>("--format") { Description = "text (default) or json.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command(Name, "Repairs what check finds: shows every change first, asks, keeps a journal, and checks again.");
        machine.AddTo(command);
        foreach (var option in new Option[] { only, skip, dryRun, yes, aside, noActivate, policyFile, format })
            command.Options.Add(option);
        command.SetAction((parsed, cancellationToken) =>
        {
            var named = Checks(parsed.GetValue(only) ?? []);
            var request = new FixRequest(
                parsed.GetValue(machine.Root),
                parsed.GetValue(machine.Assume) ?? [],
                parsed.GetValue(policyFile) is { } file ? PolicyFile.Read(file) : Policy.Default,
                new PlanOptions
                {
                    Chosen = CheckFilter.Of(named, Checks(parsed.GetValue(skip) ?? [])),
                    Named = named.Where(n => Catalogue.Find(n) is not null).ToHashSet(StringComparer.Ordinal),
                    NoActivate = parsed.GetValue(noActivate),
                    Aside = parsed.GetValue(aside),
                },
                parsed.GetValue(dryRun),
                parsed.GetValue(yes),
                parsed.GetValue(format) == "json");
            return Task.FromResult(new FixRun(context, request).Run(cancellationToken));
        });
        return command;
    }

    /// <summary>Names of repairs stand for the checks whose findings they take.</summary>
    private static List<string> Checks(IReadOnlyList<string> given) =>
        [.. given.SelectMany(g => g.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .SelectMany(name => Catalogue.Find(name) is null && FixCatalogue.Find(name) is { } fix ? fix.Checks : [name])];

    private static Option<string[]> Ids(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "ID",
        AllowMultipleArgumentsPerToken = true,
        CompletionSources = { _ => FixCatalogue.All.SelectMany(f => f.Checks).Distinct(StringComparer.Ordinal).Select(id => new System.CommandLine.Completions.CompletionItem(id)) },
    };
}
