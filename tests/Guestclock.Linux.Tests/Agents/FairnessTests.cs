using System.Diagnostics;
using Guestclock.Discipline;
using Guestclock.Linux.Agents;
using Guestclock.Testing;

namespace Guestclock.Linux.Tests.Agents;

/// <summary>Guests that keep every conversation at just under its limits, beside guests that want nothing but the time.</summary>
[Collection(Timed.Name)]
public sealed class FairnessTests : IDisposable
{
    private const long Second = 1_000_000_000;
    private static readonly RecoveryPolicy Policy = new() { TimeoutNs = 4 * Second };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("guestclock-fair-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_hundred_slow_guests_hold_up_nobody_else()
    {
        var slow = Enumerable.Range(0, 100).Select(n => HostileGuest.Answering(At($"slow{n}"), async (line, token) =>
        {
            await Task.Delay(900, token);
            return line.Contains("guest-get-time", StringComparison.Ordinal) ? "{\"return\": 1000000000}" : "{\"return\": {}}";
        })).ToList();
        var honest = Enumerable.Range(0, 10).Select(n => new SimulatedAgent(At($"honest{n}")) { OffsetNs = -20 * Second }).ToList();
        using var turns = new SemaphoreSlim(2);
        using var cancel = new CancellationTokenSource();
        var slowRuns = slow.Select((_, n) => RunAsync($"slow{n}", turns, cancel.Token)).ToList();
        await Task.Delay(200, TestContext.Current.CancellationToken);
        var started = Stopwatch.GetTimestamp();
        var results = await Task.WhenAll(honest.Select((_, n) => RunAsync($"honest{n}", turns, TestContext.Current.CancellationToken)));
        var took = Stopwatch.GetElapsedTime(started);
        TestContext.Current.TestOutputHelper?.WriteLine($"honest guests: {took.TotalMilliseconds:0} ms, slowest proof {results.Max(r => r.ProofNs) / 1e6:0} ms");
        Assert.All(results, r => Assert.Equal(RecoveryOutcome.Recovered, r.Outcome));
        Assert.InRange(took.TotalSeconds, 0, 2.5);
        await cancel.CancelAsync();
        started = Stopwatch.GetTimestamp();
        await Task.WhenAll(slowRuns);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 0.5);
        foreach (var guest in slow)
            await guest.DisposeAsync();
        foreach (var agent in honest)
            await agent.DisposeAsync();
    }

    [Fact]
    public async Task A_run_among_many_slow_ones_ends_within_its_timeout()
    {
        var slow = Enumerable.Range(0, 30).Select(n => HostileGuest.Answering(At($"slow{n}"), async (_, token) =>
        {
            await Task.Delay(900, token);
            return $"{{\"return\": {((DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100) - (20 * Second)}}}";
        })).ToList();
        using var turns = new SemaphoreSlim(1);
        var results = await Task.WhenAll(slow.Select((_, n) => RunAsync($"slow{n}", turns, TestContext.Current.CancellationToken)));
        Assert.All(results, r => Assert.InRange(r.TookNs / 1e9, 0, 5));
        foreach (var guest in slow)
            await guest.DisposeAsync();
    }

    [Fact]
    public async Task A_channel_that_does_not_open_costs_no_more_than_the_runs_timeout()
    {
        var target = new SyncTarget("guest", async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            throw new InvalidOperationException();
        });
        var policy = new RecoveryPolicy { TimeoutNs = Second / 5 };
        var result = await target.RunAsync(policy, new(policy), TestContext.Current.CancellationToken);
        Assert.Equal((RecoveryOutcome.Failed, AgentFailure.Busy), (result.Outcome, result.Failure));
        Assert.InRange(result.TookNs / 1e9, 0, 1);
    }

    [Fact]
    public async Task A_second_agent_that_does_not_open_is_done_without()
    {
        await using var agent = new SimulatedAgent(At("agent")) { OffsetNs = -20 * Second };
        var target = new SyncTarget("guest", async token => await ConnectAsync("agent", token), async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return null;
        });
        var result = await target.RunAsync(Policy, new(Policy), TestContext.Current.CancellationToken);
        Assert.Equal(RecoveryOutcome.Recovered, result.Outcome);
        Assert.InRange(result.ProofNs!.Value / 1e9, 0, 1.5);
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private Task<AgentSocket> ConnectAsync(string name, CancellationToken cancellationToken) =>
        AgentSocket.ConnectAsync(At(name), HostClock.Instance, TimeSpan.FromSeconds(1), cancellationToken);

    private Task<RecoveryResult> RunAsync(string name, SemaphoreSlim turns, CancellationToken cancellationToken)
    {
        var target = new SyncTarget(name, async token => await ConnectAsync(name, token));
        return Task.Run(() => target.RunAsync(Policy, new(Policy) { AnswerLimit = TimeSpan.FromSeconds(1), Turns = turns }, cancellationToken), CancellationToken.None);
    }
}
