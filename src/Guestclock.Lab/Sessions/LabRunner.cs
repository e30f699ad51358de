using System.Diagnostics;
using System.Net.Sockets;
using Guestclock.Lab.Guests;
using Guestclock.Lab.Referee;
using Guestclock.Lab.Results;
using Guestclock.Lab.Scenarios;
using Guestclock.Linux.Agents;

namespace Guestclock.Lab.Sessions;

/// <summary>One run: boot, break, let the method loose, watch.</summary>
internal sealed class LabRunner(LabOptions options, ILabProgress progress)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BeforeLimit = TimeSpan.FromSeconds(3);
    private const int ReadingsBefore = 5;

    /// <summary>What runs guests; another one after a guest did not come up under the first.</summary>
    public Accelerator Accelerator { get; private set; } = Accelerator.Choose();

    /// <summary>Of the last guest that was up; null before the first.</summary>
    public GuestIdentity? Identity { get; private set; }

    /// <exception cref="OperationCanceledException">The user has had enough.</exception>
    public async Task<RunResult> RunAsync(PlannedCell cell, int number, CancellationToken cancellationToken)
    {
        var result = new RunResult(cell.Scenario.Name, cell.Method.Name, number);
        try
        {
            return await WatchAsync(cell, result, cancellationToken);
        }
        catch (Exception e) when (e is LabException or TimeoutException or IOException or SocketException or AgentException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return result with { Failure = e.Message.Split('\n')[0] };
        }
    }

    private async Task<RunResult> WatchAsync(PlannedCell cell, RunResult result, CancellationToken cancellationToken)
    {
        await using var run = LabRun.Create(options.Error, cell.Method.TimeService, Accelerator, new Steps(progress), options.Keep);
        await cell.Scenario.PrepareAsync(run, cancellationToken);
        Accelerator = run.Accelerator;
        await using var referee = GuestReferee.Start(run);
        await cell.Method.PrepareAsync(run, cancellationToken);
        if (run.Machine is { } machine)
        {
            Identity ??= await GuestIdentity.ReadAsync(machine, cancellationToken);
            await LookBeforeAsync(referee, cancellationToken);
        }

        progress.Does("breaking the clock");
        var brokenAtNs = await cell.Scenario.BreakAsync(run, cancellationToken);
        referee.MarkBreak(brokenAtNs);
        var claim = await ObserveAsync(cell, run, referee, brokenAtNs, cancellationToken);
        var watchedNs = run.HostClock.MonotonicNs - brokenAtNs;
        result = result with { Samples = referee.Samples(), Missed = referee.Missed(), WatchedNs = watchedNs, Claim = claim };
        if (Identity is null && run.Machine is { } booted)
            Identity = await GuestIdentity.ReadAsync(booted, cancellationToken);
        return result.Residual is null ? result with { Failure = "the referee got no answer from the guest's second agent" } : result;
    }

    private async Task<MethodClaim> ObserveAsync(PlannedCell cell, LabRun run, GuestReferee referee, long brokenAtNs, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var limit = cell.Limit(options);
        enough.CancelAfter(limit);
        var recovery = ClaimAsync(cell, run, brokenAtNs, enough.Token);
        progress.Does("watching");
        while (true)
        {
            var since = TimeSpan.FromMicroseconds((run.HostClock.MonotonicNs - brokenAtNs) / 1000);
            progress.Sees(since, referee.Latest);
            if (since >= limit || Settled.Is(referee.Samples(), recovery.IsCompleted))
                break;
            await Task.Delay(Glance, cancellationToken);
        }

        await enough.CancelAsync();
        return await recovery;
    }

    /// <summary>A method that fails has claimed nothing; what the referee saw counts all the same.</summary>
    private static async Task<MethodClaim> ClaimAsync(PlannedCell cell, LabRun run, long brokenAtNs, CancellationToken cancellationToken)
    {
        try
        {
            return await cell.Method.RecoverAsync(run, brokenAtNs, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return MethodClaim.Nothing with { Detail = "it was not done when the time was up" };
        }
        catch (Exception e) when (e is AgentException or SocketException or IOException)
        {
            return MethodClaim.Nothing with { Detail = e.Message };
        }
    }

    /// <summary>So that it is on record whether the clock was right before.</summary>
    private static async Task LookBeforeAsync(GuestReferee referee, CancellationToken cancellationToken)
    {
        for (var start = Stopwatch.GetTimestamp(); referee.Count < ReadingsBefore && Stopwatch.GetElapsedTime(start) < BeforeLimit;)
            await Task.Delay(20, cancellationToken);
    }

    private sealed class Steps(ILabProgress progress) : IProgress<string>
    {
        public void Report(string value) => progress.Does(value);
    }
}
