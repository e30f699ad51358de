using System.CommandLine;
using System.Text;
using Guestclock.Linux.Serving;
using Guestclock.Linux.Watching;

namespace Guestclock.Cli.Commands;

/// <summary><c>guestclock watch status</c>: asks the running daemon.</summary>
internal static class WatchStatusCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public static Command Create(CommandContext context)
    {
        var socket = new Option<string>("--socket")
        {
            Description = $"The daemon's status socket ({WatchSettings.Default.StatusSocket}).",
            HelpName = "PATH",
            DefaultValueFactory = _ => WatchSettings.Default.StatusSocket!,
        };
        var format = new Option<string>("--format") { Description = "text (default) or json.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("status", "Says how the guests of the running daemon are.") { socket, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var document = Encoding.UTF8.GetString(await StatusClient.ReadAsync(parsed.GetValue(socket)!, Limit, cancellationToken));
            context.Stdout.WriteLine(document.TrimEnd());
            return ExitCodes.Ok;
        });
        return command;
    }
}
