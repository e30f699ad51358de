using System.Diagnostics;
using Guestclock.Discipline;
using Guestclock.Linux.Agents;
using Guestclock.Testing;

namespace Guestclock.Linux.Tests.Agents;

/// <summary>Runs against simulated agents: the ones that behave, and the ones that do not.</summary>
[Collection(Timed.Name)]
public sealed class AgentSocketTests : IDisposable
{
    private const long Second = 1_000_000_000;
    private static readonly RecoveryPolicy Policy = new() { TimeoutNs = 2 * Second };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("guestclock-agent-");

    private string Socket => Path.Combine(_folder.FullName, "agent");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(-20 * Second)]
    [InlineData(-3 * 365 * 86400 * Second)]
    [InlineData(5 * Second)]
    public async Task A_wrong_clock_is_set_and_proved(long offsetNs)
    {
        await using var agent = new SimulatedAgent(Socket) { OffsetNs = offsetNs };
        var result = await RunAsync();
        Assert.Equal((RecoveryOutcome.Recovered, null), (result.Outcome, result.Failure));
        Assert.InRange(Math.Abs(result.Before!.Value.OffsetNs - offsetNs), 0, result.Before.Value.BoundNs);
        Assert.InRange(Math.Abs(result.After!.Value.OffsetNs - agent.OffsetNs), 0, result.After.Value.BoundNs + 1000);
        Assert.InRange(Math.Abs(agent.OffsetNs), 0, Policy.WithinNs);
    }

    [Theory]
    [InlineData(AgentManners.Silent, RecoveryOutcome.Failed, AgentFailure.AgentNotRunning, 0)]
    [InlineData(AgentManners.EndlessLine, RecoveryOutcome.Failed, AgentFailure.Malformed, 0)]
    [InlineData(AgentManners.Chatter, RecoveryOutcome.Failed, AgentFailure.Malformed, 0)]
    [InlineData(AgentManners.Dribble, RecoveryOutcome.Failed, AgentFailure.Busy, 0)]
    [InlineData(AgentManners.HangUpInAnswer, RecoveryOutcome.Failed, AgentFailure.HungUp, 0)]
    [InlineData(AgentManners.HangUpInSet, RecoveryOutcome.NotProved, AgentFailure.HungUp, 1)]
    [InlineData(AgentManners.SilentAfterSet, RecoveryOutcome.Recovered, null, 1)]
    [InlineData(AgentManners.ComplainAfterSet, RecoveryOutcome.Recovered, null, 1)]
    [InlineData(AgentManners.LieAboutSet, RecoveryOutcome.NotProved, null, 3)]
    [InlineData(AgentManners.Blocked, RecoveryOutcome.Failed, AgentFailure.Blocked, 0)]
    [InlineData(AgentManners.Frozen, RecoveryOutcome.Failed, AgentFailure.Frozen, 0)]
    [InlineData(AgentManners.Replay, RecoveryOutcome.Recovered, null, 1)]
    [InlineData(AgentManners.NoNumber, RecoveryOutcome.Failed, AgentFailure.Malformed, 0)]
    [InlineData(AgentManners.Qmp, RecoveryOutcome.Failed, AgentFailure.Malformed, 0)]
    public async Task Every_misbehaviour_ends_in_time_and_is_told(AgentManners manners, RecoveryOutcome outcome, AgentFailure? failure, int leastSets)
    {
        await using var agent = new SimulatedAgent(Socket, manners) { OffsetNs = -20 * Second };
        var started = Stopwatch.GetTimestamp();
        var result = await RunAsync();
        Assert.Equal((outcome, failure), (result.Outcome, result.Failure));
        Assert.InRange(agent.Sets, leastSets, 3);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 8);
    }

    [Fact]
    public async Task A_second_agent_proves_while_the_first_one_still_writes_the_rtc()
    {
        await using var agent = new SimulatedAgent(Socket) { OffsetNs = -20 * Second, SetTakes = TimeSpan.FromSeconds(1) };
        await using var second = new SimulatedAgent(Socket + "2") { Guest = agent.Guest };
        var told = new List<TimeSpan>();
        var result = await BesideAsync(Policy, SecondAsync, (_, at) => told.Add(at));
        Assert.Equal(RecoveryOutcome.Recovered, result.Outcome);
        Assert.InRange(told[1].TotalSeconds, 0, 0.9);
        Assert.InRange(result.ProofNs!.Value / 1e9, 0, 0.9);
    }

    [Fact]
    public async Task A_set_that_has_not_taken_effect_yet_is_not_sent_again()
    {
        await using var agent = new SimulatedAgent(Socket)
        {
            OffsetNs = -20 * Second,
            EffectAfter = TimeSpan.FromMilliseconds(50),
            SetTakes = TimeSpan.FromMilliseconds(500),
        };
        await using var second = new SimulatedAgent(Socket + "2") { Guest = agent.Guest };
        var result = await BesideAsync(Policy with { WithinNs = Second / 10, AimNs = Second / 10 }, SecondAsync);
        Assert.Equal((RecoveryOutcome.Recovered, 1), (result.Outcome, agent.Sets));
        Assert.InRange((result.ProofNs!.Value - Assert.Single(result.Sets).SentAfterNs) / 1e9, 0.045, 0.45);
    }

    [Fact]
    public async Task A_second_agent_proves_what_the_first_one_died_over()
    {
        await using var agent = new SimulatedAgent(Socket, AgentManners.HangUpInSet) { OffsetNs = -20 * Second };
        await using var second = new SimulatedAgent(Socket + "2") { Guest = agent.Guest };
        var result = await BesideAsync(Policy, SecondAsync);
        Assert.Equal((RecoveryOutcome.Recovered, 1), (result.Outcome, agent.Sets));
    }

    [Fact]
    public async Task A_second_agent_is_opened_when_the_set_is_on_its_way()
    {
        await using var agent = new SimulatedAgent(Socket) { OffsetNs = -20 * Second, SetTakes = TimeSpan.FromSeconds(1) };
        await using var second = new SimulatedAgent(Socket + "2") { Guest = agent.Guest };
        var openedAfter = 0;
        var result = await BesideAsync(Policy, async token =>
        {
            // Were it opened before, this would take until the runner's patience ends.
            while (agent.Sets == 0)
                await Task.Delay(1, token);
            openedAfter = agent.Sets;
            return await SecondAsync(token);
        });
        Assert.Equal((RecoveryOutcome.Recovered, 1), (result.Outcome, openedAfter));
    }

    [Fact]
    public async Task A_second_agent_is_not_opened_for_a_clock_that_is_right()
    {
        await using var agent = new SimulatedAgent(Socket);
        var result = await BesideAsync(Policy, _ => throw new InvalidOperationException("opened"));
        Assert.Equal(RecoveryOutcome.InTime, result.Outcome);
    }

    [Theory]
    [InlineData(AgentManners.Silent)]
    [InlineData(AgentManners.Chatter)]
    [InlineData(AgentManners.HangUpInAnswer)]
    [InlineData(AgentManners.Frozen)]
    [InlineData(AgentManners.NoNumber)]
    [InlineData(null)]
    public async Task A_second_agent_that_fails_is_done_without(AgentManners? manners)
    {
        await using var agent = new SimulatedAgent(Socket) { OffsetNs = -20 * Second };
        await using var second = manners is { } its ? new SimulatedAgent(Socket + "2", its) { Guest = agent.Guest } : null;
        var result = await BesideAsync(Policy, SecondAsync);
        Assert.Equal((RecoveryOutcome.Recovered, null, ""), (result.Outcome, result.Failure, result.Detail));
        Assert.InRange(result.ProofNs!.Value / 1e9, 0, 0.9);
    }

    [Fact]
    public async Task A_socket_that_is_not_there_is_no_guest() =>
        Assert.Equal((RecoveryOutcome.Failed, AgentFailure.NoGuest), await FailureAsync());

    [Fact]
    public async Task A_socket_of_nobody_is_a_guest_that_does_not_run()
    {
        // The agent's own end deletes the socket that it made, which by then has another name.
        await using (new SimulatedAgent(Socket + "x"))
            File.Move(Socket + "x", Socket);
        Assert.Equal((RecoveryOutcome.Failed, AgentFailure.NotRunning), await FailureAsync());
    }

    [Fact]
    public async Task A_file_is_no_socket()
    {
        await File.WriteAllTextAsync(Socket, "", TestContext.Current.CancellationToken);
        Assert.Equal((RecoveryOutcome.Failed, AgentFailure.NoGuest), await FailureAsync());
    }

    [Fact]
    public async Task A_run_that_is_cancelled_says_so()
    {
        await using var agent = new SimulatedAgent(Socket, AgentManners.Silent);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        Assert.Equal(RecoveryOutcome.Cancelled, (await RunAsync(cancel.Token)).Outcome);
    }

    private async Task<(RecoveryOutcome Outcome, AgentFailure? Failure)> FailureAsync()
    {
        var result = await RunAsync();
        return (result.Outcome, result.Failure);
    }

    /// <summary>A run with a second agent.</summary>
    private Task<RecoveryResult> BesideAsync(
        RecoveryPolicy policy, Func<CancellationToken, Task<IGuestAgent?>> second, Action<ClockOffset, TimeSpan>? onMeasured = null) =>
        new SyncTarget("guest", FirstAsync, second).RunAsync(policy, new(policy) { OnMeasured = onMeasured }, TestContext.Current.CancellationToken);

    private async Task<IGuestAgent> FirstAsync(CancellationToken cancellationToken) =>
        await AgentSocket.ConnectAsync(Socket, HostClock.Instance, TimeSpan.FromSeconds(1), cancellationToken);

    private async Task<IGuestAgent?> SecondAsync(CancellationToken cancellationToken) =>
        await AgentSocket.ConnectAsync(Socket + "2", HostClock.Instance, TimeSpan.FromSeconds(1), cancellationToken);

    private Task<RecoveryResult> RunAsync(CancellationToken cancellationToken = default)
    {
        var target = new SyncTarget("guest", FirstAsync);
        return target.RunAsync(Policy, new(Policy) { AnswerLimit = TimeSpan.FromSeconds(1) }, cancellationToken);
    }
}
