using System.CommandLine;
using Guestclock.Cli.Sync;
using Guestclock.Linux.Agents;
using Guestclock.Reports;

namespace Guestclock.Cli.Commands;

/// <summary><c>guestclock sync</c>: puts guests' clocks right over their agents, and proves it.</summary>
internal static class SyncCommand
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(2);

    public static Command Create(CommandContext context)
    {
        var agent = new Option<string?>("--agent") { Description = "The agent's socket of a QEMU without libvirt.", HelpName = "SOCKET" };
        var prover = new Option<string?>("--prover") { Description = "A second agent in it, which proves meanwhile.", HelpName = "SOCKET" };
        var libvirt = new LibvirtOptions();
        var format = new Option<string>("--format") { Description = "text (default) or json.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var requireHost = new Option<bool>("--require-synchronized-host") { Description = "Else leave the guests alone." };
        var policy = new RecoveryOptions();
        var command = new Command("sync", "Puts guests' clocks right over their agents, and proves it.");
        libvirt.AddTo(command);
        command.Options.Add(agent);
        command.Options.Add(prover);
        policy.AddTo(command);
        command.Options.Add(requireHost);
        command.Options.Add(format);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var run = new SyncRun(context, policy.Of(parsed), parsed.GetValue(format) == "json", parsed.GetValue(requireHost));
            var second = Named(prover, parsed);
            if (Named(agent, parsed) is { } socket)
            {
                libvirt.RefuseBeside(agent, parsed);
                var target = new SyncTarget(socket, Open(socket), second is null ? null : OpenSecond(second));
                return await run.RunAsync([target], cancellationToken);
            }

            if (second is not null)
                throw new UsageException($"{prover.Name} goes with {agent.Name} only");
            if (!libvirt.IsAskedFor(parsed))
                throw new UsageException("sync needs a guest: --domain NAME, --all, or --agent SOCKET");
            using var pool = libvirt.Pool(parsed);
            try
            {
                return await run.RunAsync(await libvirt.TargetsAsync(pool, parsed, cancellationToken), cancellationToken);
            }
            catch (AgentException e)
            {
                context.Stderr.WriteLine($"guestclock: {Words.Plain($"{pool.Uri} cannot be asked for its domains: {e.Message}")}");
                return ExitCodes.Unknown;
            }
        });
        return command;
    }

    private static string? Named(Option<string?> option, ParseResult parsed) =>
        parsed.GetValue(option) is { Length: 0 } ? throw new UsageException($"{option.Name} needs the path of a socket") : parsed.GetValue(option);

    private static Func<CancellationToken, Task<IGuestAgent>> Open(string socket) =>
        async token => await AgentSocket.ConnectAsync(socket, HostClock.Instance, ConnectLimit, token);

    private static Func<CancellationToken, Task<IGuestAgent?>> OpenSecond(string socket) =>
        async token => await AgentSocket.ConnectAsync(socket, HostClock.Instance, ConnectLimit, token);
}
