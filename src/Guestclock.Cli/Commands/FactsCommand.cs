using System.CommandLine;
using Guestclock.Linux.Machines;

namespace Guestclock.Cli.Commands;

/// <summary><c>guestclock facts</c>: everything that was measured, as JSON.</summary>
internal static class FactsCommand
{
    public static Command Create(CommandContext context)
    {
        var machineOptions = new MachineOptions();
        var command = new Command("facts", "Prints everything that was measured as JSON, with the source of each fact and how long it took.");
        machineOptions.AddTo(command);
        command.SetAction(parsed =>
        {
            var machine = machineOptions.Open(parsed);
            var facts = machineOptions.Gather(parsed, machine);
            var takenAt = MachineOpener.TakenAt(machine) ?? context.Terminal.Time.GetUtcNow();
            Reports.FactsJson.Write(facts, takenAt, machine.IsLive, App.Version, context.Stdout);
            return ExitCodes.Ok;
        });
        return command;
    }
}
