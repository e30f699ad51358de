using System.CommandLine;
using Guestclock.Checks;
using Guestclock.Cli.Configuration;
using Guestclock.Cli.Trials;
using Guestclock.Linux.Kvm;
using Guestclock.Reports.Trials;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Cli.Commands;

/// <summary><c>guestclock probe</c>: what this host's KVM gives its guests, seen by guests of a few instructions.</summary>
internal static class ProbeCommand
{
    public static Command Create(CommandContext context)
    {
        var device = new Option<string>("--device") { Description = $"KVM's device ({KvmEvidence.DefaultDevice}).", HelpName = "PATH", DefaultValueFactory = _ => KvmEvidence.DefaultDevice };
        var limit = DurationOption.Create("--limit", "Leave out what is not begun by then (8s).");
        var format = new Option<string>("--format") { Description = "text (default) or json, to be kept for each host.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var policyFile = new Option<string?>("--policy") { Description = "Thresholds (YAML; docs/policy.md).", HelpName = "FILE" };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Show all figures, and what they mean for guests." };
        var command = new Command("probe", "Tests the clocks that this host's KVM gives its guests, by guests of a few instructions: no image, no QEMU, some two seconds.");
        foreach (var option in new Option[] { device, limit, format, policyFile, verbose })
            command.Options.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetValue(device) is { Length: > 0 } given && !given.Contains('\0', StringComparison.Ordinal) ? given : throw new UsageException("--device needs the path of a device");
            var time = parsed.GetValue(limit) switch
            {
                null => KvmProbeOptions.UsualLimit,
                { Value: >= 1_000_000_000 and <= 3_600_000_000_000 } asked => TimeSpan.FromTicks(asked.Value / 100),
                { } asked => throw new UsageException($"--limit {asked}: give a duration from 1s to 1h"),
            };
            var policy = parsed.GetValue(policyFile) is { } file ? PolicyFile.Read(file) : Policy.Default;
            KvmEvidence evidence;
            using (var progress = new StepProgress(context.Stderr, context.Terminal))
                evidence = await Task.Run(() => context.Probe(path, time, progress, cancellationToken), CancellationToken.None);
            var report = ProbeReport.Of(evidence, policy);
            if (cancellationToken.IsCancellationRequested)
                report = report with { Remarks = ["It was interrupted: what had not been tested by then is not known"] };
            if (parsed.GetValue(format) == "json")
                ProbeJson.Write(report, evidence, App.Version, context.Terminal.Time.GetUtcNow(), context.Stdout);
            else
                TrialText.Write(report, context.Stdout, context.Terminal.Layout, parsed.GetValue(verbose));
            return (int)report.Verdict.Status;
        });
        return command;
    }
}
