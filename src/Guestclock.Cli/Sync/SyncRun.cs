using Guestclock.Cli.Commands;
using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using Guestclock.Linux.Agents;
using Guestclock.Reports;
using Guestclock.Reports.Sync;

namespace Guestclock.Cli.Sync;

/// <summary>One call of <c>guestclock sync</c>: all its guests, and whether the host may tell them the time.</summary>
/// <param name="RequireHost">Leave all guests alone unless the host's own clock is synchronised.</param>
internal sealed record SyncRun(CommandContext Context, RecoveryPolicy Policy, bool IsJson, bool RequireHost)
{
    private const int SideBySide = 8;

    public async Task<int> RunAsync(IReadOnlyList<SyncTarget> targets, CancellationToken cancellationToken)
    {
        // Asked for beside the guests: a clock that is wrong is not left so for the sake of a warning.
        var judging = Task.Run(Context.JudgeHost, CancellationToken.None);
        RecoveryResult[] results = RequireHost && !(await judging).IsSynchronized
            ? Refuse(targets, (await judging).Detail)
            : await RecoverAsync(targets, cancellationToken);
        var host = await judging;
        if (!host.IsSynchronized && !RequireHost)
            Context.Stderr.WriteLine(Words.Plain($"guestclock: {Warning(host)}"));
        if (IsJson)
            SyncJson.Write(results, host, App.Version, Context.Terminal.Time.GetUtcNow(), Context.Stdout);
        else if (results.Length != 1)
            SyncText.WriteSum(results, Pen);
        return SyncExitCode.Of(results.Select(r => r.Outcome));
    }

    private TextPen Pen => new(Context.Stdout, Context.Terminal.Layout);

    private static string Warning(HostSanity host) =>
        $"{(host.State == HostClockState.Unknown ? "it is not known whether this host's own clock is right" : "this host's own clock is not synchronised, and the guests follow it")}: {host.Detail}; 'guestclock check' says what to do";

    private RecoveryResult[] Refuse(IReadOnlyList<SyncTarget> targets, string detail)
    {
        RecoveryResult[] results = [.. targets.Select(t => new RecoveryResult(t.Name, RecoveryOutcome.HostNotSynchronized, Policy.WithinNs) { Detail = detail })];
        if (!IsJson)
        {
            foreach (var result in results)
                SyncText.Write(result, Pen);
        }

        return results;
    }

    private async Task<RecoveryResult[]> RecoverAsync(IReadOnlyList<SyncTarget> targets, CancellationToken cancellationToken)
    {
        var results = new RecoveryResult[targets.Count];
        using var turns = new SemaphoreSlim(Math.Max(1, Environment.ProcessorCount / 2));
        using var progress = new SyncProgress(Context.Stderr, Context.Terminal, targets.Select(t => t.Name));
        var bounds = new ParallelOptions { MaxDegreeOfParallelism = SideBySide };
        // A cancelled run is a result like the others, so the loop itself is not cancelled.
        await Parallel.ForAsync(0, targets.Count, bounds, async (i, _) =>
        {
            results[i] = await targets[i].RunAsync(Policy, new(Policy) { Turns = targets.Count > 1 ? turns : null }, cancellationToken);
            progress.Done(targets[i].Name, () =>
            {
                if (!IsJson)
                    SyncText.Write(results[i], Pen);
            });
        });
        return results;
    }
}
