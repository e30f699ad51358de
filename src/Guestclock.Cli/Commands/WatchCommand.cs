using System.CommandLine;
using Guestclock.Cli.Daemon;

namespace Guestclock.Cli.Commands;

/// <summary><c>guestclock watch</c>: the host's daemon.</summary>
internal static class WatchCommand
{
    public const string Name = "watch";

    public static Command Create(CommandContext context)
    {
        var options = new WatchOptions();
        var once = new Option<bool>("--once") { Description = "One round over all guests, then end with sync's exit codes." };
        var check = new Option<bool>("--check-config") { Description = "Say whether the settings are right, and end." };
        var command = new Command(Name, "Watches all guests of this host, puts each clock right after a pause, restore, migration or sleep, and proves it.")
        {
            WatchStatusCommand.Create(context),
        };
        options.AddTo(command);
        command.Options.Add(once);
        command.Options.Add(check);
        command.SetAction(async (parsed, _) =>
        {
            var settings = options.Of(parsed);
            if (parsed.GetValue(check))
            {
                context.Stdout.WriteLine("the settings are right");
                return ExitCodes.Ok;
            }

            return parsed.GetValue(once)
                ? await WatchDaemon.RunOnceAsync(settings, context.Watch, context.Stderr)
                : await WatchDaemon.RunAsync(settings, () => options.Of(parsed), context.Watch, context.Stderr);
        });
        return command;
    }
}
