using System.CommandLine;
using Guestclock.Discipline;
using Guestclock.Linux.Agents;
using Guestclock.Reports;
using Guestclock.Reports.Sync;

namespace Guestclock.Cli.Commands;

/// <summary><c>guestclock sync</c>: puts guests' clocks right over their agents, and proves it.</summary>
internal static class SyncCommand
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(2);

    public static Command Create(CommandContext context)
    {
        var agent = new Option<string?>("--agent") { Description = "The guest agent's unix socket of a QEMU without libvirt.", HelpName = "SOCKET" };
        var prover = new Option<string?>("--prover")
        {
            Description = "The socket of a second agent in the same guest; it proves while the first one still writes the RTC.",
            HelpName = "SOCKET",
        };
        var format = new Option<string>("--format") { Description = "text (default) or json.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var policy = new RecoveryOptions();
        var command = new Command("sync", "Puts the clock of a guest right over its agent, at once, and proves it: before, after, error bound, time taken.");
        command.Options.Add(agent);
        command.Options.Add(prover);
        policy.AddTo(command);
        command.Options.Add(format);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(agent) is not { } socket)
                throw new UsageException("sync needs a guest: --agent SOCKET");
            var target = new SyncTarget(socket, Open(socket), parsed.GetValue(prover) is { } second ? OpenSecond(second) : null);
            return await RunAsync(context, [target], policy.Of(parsed), parsed.GetValue(format) == "json", cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        CommandContext context, IReadOnlyList<SyncTarget> targets, RecoveryPolicy policy, bool isJson, CancellationToken cancellationToken)
    {
        var pen = new TextPen(context.Stdout, context.Terminal.Layout);
        var results = new List<RecoveryResult>();
        foreach (var target in targets)
        {
            var result = await target.RunAsync(policy, new(policy), cancellationToken);
            results.Add(result);
            if (!isJson)
                SyncText.Write(result, pen);
        }

        if (isJson)
            SyncJson.Write(results, App.Version, context.Terminal.Time.GetUtcNow(), context.Stdout);
        return SyncExitCode.Of(results.Select(r => r.Outcome));
    }

    private static Func<CancellationToken, Task<IGuestAgent>> Open(string socket) =>
        async token => await AgentSocket.ConnectAsync(socket, HostClock.Instance, ConnectLimit, token);

    private static Func<CancellationToken, Task<IGuestAgent?>> OpenSecond(string socket) =>
        async token => await AgentSocket.ConnectAsync(socket, HostClock.Instance, ConnectLimit, token);
}
