using System.CommandLine;
using System.CommandLine.Completions;
using Guestclock.Checks;
using Guestclock.Cli.Configuration;
using Guestclock.Cli.Trials;
using Guestclock.Formats;
using Guestclock.Linux.ClockTests;
using Guestclock.Linux.Machines;
using Guestclock.Probes;
using Guestclock.Reports.Trials;
using Guestclock.Trials.Clocks;
using Guestclock.Trials.Clocks.Evidence;
using Guestclock.Units;

namespace Guestclock.Cli.Commands;

/// <summary><c>guestclock test</c>: the clocks of this machine, tested for a few seconds.</summary>
internal static class TestCommand
{
    private static readonly TimeSpan DefaultDuration = TimeSpan.FromSeconds(10);
    private const long LeastNs = 100_000_000;
    private const long MostNs = 3_600_000_000_000;

    public static Command Create(CommandContext context)
    {
        var duration = DurationOption.Create("--duration", "How long to test (10s); from 100ms to 1h.");
        var only = new Option<string[]>("--only")
        {
            Description = "Test these properties only, with all of the time.",
            HelpName = "ID",
            AllowMultipleArgumentsPerToken = true,
            CompletionSources = { _ => ClockTrials.All.Select(t => new CompletionItem(t.Id, documentation: t.Title)) },
        };
        var policyFile = new Option<string?>("--policy") { Description = "Thresholds (YAML; docs/policy.md).", HelpName = "FILE" };
        var format = new Option<string>("--format") { Description = "text (default) or json.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Show figures and what does not apply too." };
        var command = new Command("test", "Tests the clocks of this machine: do they ever go back, on a CPU or between CPUs, what do they cost, how right are their rates, how late are timers. It only reads, and keeps the CPUs busy meanwhile.");
        foreach (var option in new Option[] { duration, only, policyFile, format, verbose })
            command.Options.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var chosen = Chosen(parsed.GetValue(only) ?? []);
            var policy = parsed.GetValue(policyFile) is { } file ? PolicyFile.Read(file) : Policy.Default;
            var span = parsed.GetValue(duration) is { } given ? Span(given) : DefaultDuration;
            // The thread that waits for signals must not be the one that tests.
            return await Task.Run(() => Run(context, chosen, policy, span, parsed.GetValue(format) == "json", parsed.GetValue(verbose), cancellationToken), CancellationToken.None);
        });
        return command;
    }

    private static int Run(CommandContext context, IReadOnlyList<ClockTrial> chosen, Policy policy, TimeSpan span, bool isJson, bool verbose, CancellationToken cancellationToken)
    {
        var takenAt = context.Terminal.Time.GetUtcNow();
        var machine = MachineRoot.Open(null).Raw!;
        var identity = IdentityProbe.Gather(machine);
        ClocksEvidence evidence;
        using (var progress = new StepProgress(context.Stderr, context.Terminal))
            evidence = new ClockTestRun(chosen.Aggregate(ClockParts.None, (parts, t) => parts | t.Needs), span, machine, progress).Run(cancellationToken);
        var report = ClockTestReport.Of(identity, evidence, chosen, policy);
        if (isJson)
            ClockTestJson.Write(report, evidence, App.Version, takenAt, context.Stdout);
        else
            TrialText.Write(report, context.Stdout, context.Terminal.Layout, verbose);
        return (int)report.Verdict.Status;
    }

    private static TimeSpan Span(Nanoseconds given) => given.Value is >= LeastNs and <= MostNs
        ? TimeSpan.FromTicks(given.Value / TimeSpan.NanosecondsPerTick) : throw new UsageException($"--duration {given}: give a duration from 100ms to 1h");

    private static IReadOnlyList<ClockTrial> Chosen(IReadOnlyList<string> given)
    {
        var ids = given.SelectMany(g => g.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToHashSet(StringComparer.Ordinal);
        if (ids.Count == 0)
            return given.Count == 0 ? ClockTrials.All : throw new UsageException($"--only needs the id of a property: {string.Join(", ", ClockTrials.All.Select(t => t.Id))}");
        foreach (var id in ids.Where(i => ClockTrials.All.All(t => t.Id != i)))
            throw new UsageException($"--only {id}: there is no such property{Nearest.Hint(id, ClockTrials.All.Select(t => t.Id))}; they are {string.Join(", ", ClockTrials.All.Select(t => t.Id))}");
        return [.. ClockTrials.All.Where(t => ids.Contains(t.Id))];
    }
}
