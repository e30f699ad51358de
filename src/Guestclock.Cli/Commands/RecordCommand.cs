using System.CommandLine;
using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Judging;
using Guestclock.Linux.Gathering;
using Guestclock.Linux.Recording;
using Guestclock.Reports;

namespace Guestclock.Cli.Commands;

/// <summary><c>guestclock record OUT</c>: the raw evidence, to be judged on another machine.</summary>
internal static class RecordCommand
{
    public static Command Create(CommandContext context)
    {
        var output = new Argument<string>("OUT") { Description = "A directory, or a file whose name ends in .tar.gz; it must not exist yet." };
        var machineOptions = new MachineOptions();
        var command = new Command("record", "Writes the files and answers that the checks rest on, without secrets, to be judged elsewhere.") { output };
        command.Options.Add(machineOptions.Root);
        command.SetAction(parsed =>
        {
            var place = parsed.GetValue(output)!;
            RecordWriter.CheckPlace(place);
            var root = machineOptions.Open(parsed);
            var recording = new RecordingMachine(root.Machine);
            var facts = new FactGatherer(ProbeList.All).Gather(recording);
            var takenAt = root.Record?.TakenAt ?? context.Terminal.Time.GetUtcNow();
            var record = recording.ToRecord(App.Version, takenAt, facts.Identity.Hostname.Or(root.Record?.Hostname ?? "")) with
            {
                Report = ReportOf(facts, takenAt, parsed.GetValue(machineOptions.Root) is null),
            };
            RecordWriter.Write(record, place);
            context.Stderr.WriteLine($"Recorded in {place}. Read it before you hand it on: it holds host names and configuration. Judge it with:");
            context.Stderr.WriteLine($"  guestclock check --root {place}");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static string ReportOf(MachineFacts facts, DateTimeOffset takenAt, bool isLive)
    {
        using var writer = new StringWriter();
        var judgement = Judge.Run(facts, Policy.Default, DateOnly.FromDateTime(takenAt.UtcDateTime));
        JsonReport.Write(new(App.Version, takenAt, isLive, facts, judgement), writer);
        return writer.ToString();
    }
}
