using System.CommandLine;
using System.Text.Json;
using Guestclock.Formats;
using Guestclock.Linux.Serving;
using Guestclock.Linux.Watching;
using Guestclock.Reports;
using Guestclock.Reports.Watch;

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
        var command = new Command("status", "Says how the guests of the running daemon are; exit code 0 right, 1 not all right, 2 failing, 3 no daemon.") { socket, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetValue(socket)!;
            try
            {
                using var status = WatchStatusReader.Open(await StatusClient.ReadAsync(path, Limit, cancellationToken));
                return Write(status.RootElement, parsed.GetValue(format) == "json", context);
            }
            catch (ServingException e)
            {
                context.Stderr.WriteLine($"guestclock: {Words.Plain(e.Message)}");
            }
            catch (MalformedInputException e)
            {
                context.Stderr.WriteLine(Words.Plain($"guestclock: no guestclock watch of this version listens at {path}: {e.Message}"));
            }

            return ExitCodes.Unknown;
        });
        return command;
    }

    private static int Write(JsonElement status, bool isJson, CommandContext context)
    {
        var snapshot = WatchStatusReader.Read(status);
        if (isJson)
            context.Stdout.WriteLine(WatchStatusJson.Copy(status));
        else
            WatchStatusText.Write(snapshot, context.Stdout, context.Terminal.Layout);
        return WatchExitCode.Of(snapshot);
    }
}
