using System.CommandLine;
using Guestclock.Discipline;
using Guestclock.Linux.Agents;
using Guestclock.Reports;
using Guestclock.Reports.Sync;

namespace Guestclock.Cli.Commands;

/// <summary><c>guestclock sync</c>: puts guests' clocks right over their agents, and proves it.</summary>
internal static class SyncCommand
{
    private const int SideBySide = 8;
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(2);

    public static Command Create(CommandContext context)
    {
        var agent = new Option<string?>("--agent") { Description = "The guest agent's unix socket of a QEMU without libvirt.", HelpName = "SOCKET" };
        var prover = new Option<string?>("--prover")
        {
            Description = "The socket of a second agent in the same guest; it proves while the first one still writes the RTC.",
            HelpName = "SOCKET",
        };
        var libvirt = new LibvirtOptions();
        var format = new Option<string>("--format") { Description = "text (default) or json.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var policy = new RecoveryOptions();
        var command = new Command("sync", "Puts the clock of a guest right over its agent, at once, and proves it: before, after, error bound, time taken.");
        libvirt.AddTo(command);
        command.Options.Add(agent);
        command.Options.Add(prover);
        policy.AddTo(command);
        command.Options.Add(format);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var runner = policy.Of(parsed);
            var isJson = parsed.GetValue(format) == "json";
            if (parsed.GetValue(agent) is { } socket)
            {
                libvirt.RefuseBeside(agent, parsed);
                var target = new SyncTarget(socket, Open(socket), parsed.GetValue(prover) is { } second ? OpenSecond(second) : null);
                return await RunAsync(context, [target], runner, isJson, cancellationToken);
            }

            if (!libvirt.IsAskedFor(parsed))
                throw new UsageException("sync needs a guest: --domain NAME, --all, or --agent SOCKET");
            using var pool = libvirt.Pool(parsed);
            try
            {
                return await RunAsync(context, await libvirt.TargetsAsync(pool, parsed, cancellationToken), runner, isJson, cancellationToken);
            }
            catch (AgentException e)
            {
                context.Stderr.WriteLine($"guestclock: {Words.Plain($"{pool.Uri} cannot be asked for its domains: {e.Message}")}");
                return ExitCodes.Unknown;
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(
        CommandContext context, IReadOnlyList<SyncTarget> targets, RecoveryPolicy policy, bool isJson, CancellationToken cancellationToken)
    {
        var pen = new TextPen(context.Stdout, context.Terminal.Layout);
        var results = new RecoveryResult[targets.Count];
        using var turns = new SemaphoreSlim(Math.Max(1, Environment.ProcessorCount / 2));
        var said = new Lock();
        var bounds = new ParallelOptions { MaxDegreeOfParallelism = SideBySide };
        // A cancelled run is a result like the others, so the loop itself is not cancelled.
        await Parallel.ForAsync(0, targets.Count, bounds, async (i, _) =>
        {
            results[i] = await targets[i].RunAsync(policy, new(policy) { Turns = targets.Count > 1 ? turns : null }, cancellationToken);
            lock (said)
            {
                if (!isJson)
                    SyncText.Write(results[i], pen);
            }
        });

        if (isJson)
            SyncJson.Write(results, App.Version, context.Terminal.Time.GetUtcNow(), context.Stdout);
        return SyncExitCode.Of(results.Select(r => r.Outcome));
    }

    private static Func<CancellationToken, Task<IGuestAgent>> Open(string socket) =>
        async token => await AgentSocket.ConnectAsync(socket, HostClock.Instance, ConnectLimit, token);

    private static Func<CancellationToken, Task<IGuestAgent?>> OpenSecond(string socket) =>
        async token => await AgentSocket.ConnectAsync(socket, HostClock.Instance, ConnectLimit, token);
}
