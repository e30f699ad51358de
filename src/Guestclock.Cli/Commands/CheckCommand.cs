using System.CommandLine;
using Guestclock.Checks;
using Guestclock.Cli.Configuration;
using Guestclock.Facts;
using Guestclock.Judging;
using Guestclock.Machines;
using Guestclock.Probes;
using Guestclock.Reports;

namespace Guestclock.Cli.Commands;

/// <summary><c>guestclock check</c>: facts, judgement, report, exit code.</summary>
internal static class CheckCommand
{
    public static Command Create(CommandContext context)
    {
        var machineOptions = new MachineOptions();
        var format = new Option<string>("--format") { Description = "text (default), json, markdown or plugin.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "markdown", "plugin");
        var only = Ids("--only", "Judge these checks only; a trailing * matches a family: domain-*.");
        var skip = Ids("--skip", "Judge all checks but these.");
        var policyFile = new Option<string?>("--policy") { Description = "Thresholds and waivers (YAML; docs/policy.md).", HelpName = "FILE" };
        var failOn = new Option<string>("--fail-on") { Description = "The least severity that fails: warning (default) or critical.", HelpName = "SEVERITY", DefaultValueFactory = _ => "warning" };
        failOn.AcceptOnlyFromAmong("warning", "critical");
        var probeServers = new Option<bool>("--probe-servers") { Description = "Also ask each configured NTP server once." };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Show passes, skips and reasons too." };
        var command = new Command("check", "Says whether timekeeping is sound, names the first broken link from the host to the guest's clock, and what to do.");
        machineOptions.AddTo(command);
        foreach (var option in new Option[] { format, only, skip, policyFile, failOn, probeServers, verbose })
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var chosen = CheckFilter.Of(parsed.GetValue(only) ?? [], parsed.GetValue(skip) ?? []);
            var policy = parsed.GetValue(policyFile) is { } file ? PolicyFile.Read(file) : Policy.Default;
            var isLive = parsed.GetValue(machineOptions.Root) is null;
            if (parsed.GetValue(probeServers) && !isLive)
                throw new UsageException("--probe-servers asks from the running machine: leave out --root");
            var root = machineOptions.Open(parsed);
            var facts = machineOptions.Gather(parsed, root.Machine);
            if (parsed.GetValue(probeServers))
                facts = ProbeServers(context, root.Machine, facts);
            var now = context.Terminal.Time.GetUtcNow();
            var judgement = Judge.Run(facts, policy, DateOnly.FromDateTime(now.UtcDateTime), chosen);
            var report = new Report(App.Version, root.Record?.TakenAt ?? now, isLive, facts, judgement);
            var status = report.Verdict.Status == VerdictStatus.Warning && parsed.GetValue(failOn) == "critical" ? VerdictStatus.Ok : report.Verdict.Status;
            if (parsed.GetValue(format) == "plugin")
                PluginReport.Write(report, context.Stdout, policy, status);
            else
                Write(report, parsed.GetValue(format)!, context, parsed.GetValue(verbose));
            return (int)status;
        });
        return command;
    }

    private static Option<string[]> Ids(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "ID",
        AllowMultipleArgumentsPerToken = true,
        CompletionSources = { _ => Catalogue.All.Select(c => new System.CommandLine.Completions.CompletionItem(c.Id, documentation: c.Title)) },
    };

    private static MachineFacts ProbeServers(CommandContext context, IMachine machine, MachineFacts facts)
    {
        if (context.Terminal.ErrorIsTerminal)
            context.Stderr.WriteLine("Asking the configured time servers...");
        return facts with { NtpServers = NtpServerProbe.Gather(machine, ConfiguredSource.NtpServers(facts.Services)) };
    }

    private static void Write(Report report, string format, CommandContext context, bool verbose)
    {
        switch (format)
        {
            case "json":
                JsonReport.Write(report, context.Stdout);
                break;
            case "markdown":
                MarkdownReport.Write(report, context.Stdout);
                break;
            default:
                TextReport.Write(report, context.Stdout, context.Terminal.Layout, verbose);
                break;
        }
    }
}
