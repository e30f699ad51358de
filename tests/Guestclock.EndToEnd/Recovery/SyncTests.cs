namespace Guestclock.EndToEnd.Recovery;

/// <summary><c>guestclock sync</c> of the published binary on a real guest; what it claims is compared with what a second agent tells.</summary>
public sealed class SyncTests(SharedBreakableGuest shared, ITestOutputHelper output) : IClassFixture<SharedBreakableGuest>
{
    [Fact]
    public async Task A_guest_that_was_paused_is_recovered_and_then_in_time()
    {
        var guest = await shared.GetAsync();
        await guest.SetAsync(TimeSpan.Zero);
        await guest.PauseAsync(3);
        var run = (await SyncRun.OfAsync(guest.Sockets.AgentSocket)).Ended("recovered", 0);
        output.WriteLine($"before {run.Before}, after {run.After}, proved after {run.Proof?.TotalMilliseconds:0} ms, took {run.Took.TotalMilliseconds:0} ms, {run.Sets} sets");
        await guest.AgreesAsync(run.After!.Value);
        Assert.InRange(run.Before!.Value.OffsetNs, -5_000_000_000, -2_500_000_000);
        var again = (await SyncRun.OfAsync(guest.Sockets.AgentSocket)).Ended("in-time", 0);
        Assert.Equal(0, again.Sets);
        await guest.AgreesAsync(again.After!.Value);
    }

    [Fact]
    public async Task A_second_agent_proves_before_the_set_has_replied()
    {
        var guest = await shared.GetAsync();
        await guest.SetAsync(TimeSpan.FromSeconds(-3));
        await guest.LeaveRefereeAsync();
        await using var slow = await GuestHwclock.ReplaceAsync(guest, "sleep 3");
        var run = (await SyncRun.OfAsync(guest.Sockets.AgentSocket, "--prover", guest.Sockets.RefereeSocket)).Ended("recovered", 0);
        output.WriteLine($"proved after {run.Proof?.TotalMilliseconds:0} ms, took {run.Took.TotalMilliseconds:0} ms, {run.Sets} sets");
        Assert.True(run.Proof < TimeSpan.FromSeconds(3), $"{run.Guest}");
        await guest.AgreesAsync(run.After!.Value);
    }

    [Fact]
    public async Task A_second_agent_that_does_not_answer_is_done_without()
    {
        var guest = await shared.GetAsync();
        await guest.SetAsync(TimeSpan.FromSeconds(-3));
        await guest.HoldRefereeAsync(); // QEMU takes no second client: whoever connects waits in its queue.
        var run = (await SyncRun.OfAsync(guest.Sockets.AgentSocket, "--prover", guest.Sockets.RefereeSocket)).Ended("recovered", 0);
        await guest.AgreesAsync(run.After!.Value);
    }

    [Fact]
    public async Task A_dry_run_changes_nothing()
    {
        var guest = await shared.GetAsync();
        await guest.SetAsync(TimeSpan.FromSeconds(-3));
        var run = (await SyncRun.OfAsync(guest.Sockets.AgentSocket, "--dry-run")).Ended("would-set", 1);
        Assert.InRange(run.Before!.Value.OffsetNs, -3_500_000_000, -2_500_000_000);
        await guest.AgreesAsync(run.Before!.Value);
    }

    [Theory]
    [InlineData("left", 1, "--forward-only")]
    [InlineData("left", 1, "--backward-limit", "20s")]
    [InlineData("recovered", 0)]
    public async Task A_guest_that_is_ahead_is_set_back_only_where_that_is_allowed(string outcome, int exitCode, params string[] options)
    {
        var guest = await shared.GetAsync();
        await guest.SetAsync(TimeSpan.FromSeconds(10));
        var run = (await SyncRun.OfAsync(guest.Sockets.AgentSocket, options)).Ended(outcome, exitCode);
        Assert.InRange(run.Before!.Value.OffsetNs, 9_500_000_000, 10_500_000_000);
        await guest.AgreesAsync((outcome == "left" ? run.Before : run.After)!.Value);
        if (outcome == "recovered")
            Assert.InRange((await guest.SeeAsync()).LeastNs, 0, 100_000_000);
    }

    [Fact]
    public async Task A_guest_that_pauses_between_question_and_answer_is_recovered()
    {
        var guest = await shared.GetAsync();
        await guest.SetAsync(TimeSpan.Zero);
        await guest.StopAsync();
        await Task.Delay(1000);
        var running = SyncRun.OfAsync(guest.Sockets.AgentSocket, "--timeout", "30s");
        await Task.Delay(1500);
        await guest.ContinueAsync();
        var run = (await running).Ended("recovered", 0);
        await guest.AgreesAsync(run.After!.Value);
    }

    [Fact]
    public async Task A_guest_that_pauses_after_it_was_set_is_set_again()
    {
        var guest = await shared.GetAsync();
        await guest.SetAsync(TimeSpan.FromSeconds(-5));
        await using var slow = await GuestHwclock.ReplaceAsync(guest, "sleep 2");
        var running = SyncRun.OfAsync(guest.Sockets.AgentSocket, "--timeout", "30s");
        await guest.BackAsync(TimeSpan.FromSeconds(4));
        await guest.PauseAsync(3);
        var run = (await running).Ended("recovered", 0);
        Assert.True(run.Sets > 1, $"{run.Guest}");
        await guest.AgreesAsync(run.After!.Value);
        Assert.InRange((await guest.SeeAsync()).LeastNs, 0, 100_000_000);
    }
}
