namespace Guestclock.EndToEnd.Recovery;

/// <summary><c>guestclock sync</c> where something in the guest or around it fails: it says what, in time, and claims nothing that it has not seen.</summary>
public sealed class SyncFaultTests(SharedBreakableGuest shared, ITestOutputHelper output) : IClassFixture<SharedBreakableGuest>
{
    private const string KillAgent = "kill -9 " + BreakableGuest.AgentPid;

    [Fact]
    public async Task An_agent_that_stands_still_is_told_in_time()
    {
        var guest = await shared.GetAsync();
        await guest.SetAsync(TimeSpan.Zero);
        await guest.RunAsync("kill -STOP " + BreakableGuest.AgentPid + " || :");
        var run = await SyncRun.OfAsync(guest.Sockets.AgentSocket);
        await guest.RunAsync("kill -CONT " + BreakableGuest.AgentPid + " || :");
        run.Failed("agent-not-running");
        Assert.InRange(run.Took.TotalSeconds, 0, 30);
        Assert.Contains((await SyncRun.OfAsync(guest.Sockets.AgentSocket)).Outcome, (string[])["in-time", "recovered"]);
    }

    [Fact]
    public async Task An_agent_that_dies_over_the_set_leaves_nothing_proved()
    {
        var guest = await shared.GetAsync();
        await guest.SetAsync(TimeSpan.FromSeconds(-5));
        await using (await GuestHwclock.ReplaceAsync(guest, KillAgent))
        {
            var run = await SyncRun.OfAsync(guest.Sockets.AgentSocket, "--timeout", "4s");
            output.WriteLine($"{run.Guest}");
            run.Ended("not-proved", 2);
            Assert.Null(run.Proof);
        }

        await guest.RunAsync(BreakableGuest.StartAgent);
        Assert.Contains((await SyncRun.OfAsync(guest.Sockets.AgentSocket)).Outcome, (string[])["in-time", "recovered"]);
    }

    [Fact]
    public async Task An_agent_that_dies_over_the_set_and_is_started_again_proves_it()
    {
        var guest = await shared.GetAsync();
        await guest.SetAsync(TimeSpan.FromSeconds(-5));
        await using var deadly = await GuestHwclock.ReplaceAsync(guest, $"(sleep 1; {BreakableGuest.StartAgent}) & {KillAgent}");
        var run = (await SyncRun.OfAsync(guest.Sockets.AgentSocket)).Ended("recovered", 0);
        await guest.AgreesAsync(run.After!.Value);
    }

    [Fact]
    public async Task A_set_that_is_blocked_is_told()
    {
        var guest = await shared.GetAsync();
        await guest.SetAsync(TimeSpan.FromSeconds(-5));
        await guest.RunAsync($"{KillAgent}; setsid /usr/sbin/qemu-ga -b guest-set-time </dev/null >/dev/null 2>&1 & sleep 1");
        var run = await SyncRun.OfAsync(guest.Sockets.AgentSocket);
        await guest.RunAsync($"{KillAgent}; {BreakableGuest.StartAgent}");
        run.Failed("blocked");
        await guest.AgreesAsync(run.After ?? run.Before!.Value);
    }

    [Fact]
    public async Task A_guest_without_hwclock_is_told()
    {
        var guest = await shared.GetAsync();
        await guest.SetAsync(TimeSpan.FromSeconds(-5));
        SyncRun run;
        await using (await GuestHwclock.ReplaceAsync(guest, null))
        {
            // The agent looks for it once in its life.
            await guest.RunAsync($"{KillAgent}; {BreakableGuest.StartAgent}");
            run = await SyncRun.OfAsync(guest.Sockets.AgentSocket);
        }

        await guest.RunAsync($"{KillAgent}; {BreakableGuest.StartAgent}");
        run.Failed("unsupported");
        await guest.AgreesAsync(run.After ?? run.Before!.Value);
    }

    [Fact]
    public async Task A_hwclock_that_fails_is_told_and_the_guest_recovered()
    {
        var guest = await shared.GetAsync();
        await guest.SetAsync(TimeSpan.FromSeconds(-5));
        await using var failing = await GuestHwclock.ReplaceAsync(guest, "exit 1");
        var run = (await SyncRun.OfAsync(guest.Sockets.AgentSocket)).Ended("recovered", 0);
        Assert.Contains("hwclock", run.Guest.GetProperty("sets")[0].GetProperty("complaint").GetString(), StringComparison.Ordinal);
        await guest.AgreesAsync(run.After!.Value);
    }

    [Fact]
    public async Task A_qmp_socket_is_not_taken_for_an_agent()
    {
        var guest = await shared.GetAsync();
        var run = (await SyncRun.OfAsync(guest.Sockets.QmpSocket)).Failed("malformed");
        Assert.Contains("QMP", run.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_qemu_that_is_killed_amid_a_sync_is_told_at_once()
    {
        await using var guest = await BreakableGuest.BootAsync();
        await guest.SetAsync(TimeSpan.FromSeconds(-5));
        await GuestHwclock.ReplaceAsync(guest, "sleep 20");
        var running = SyncRun.OfAsync(guest.Sockets.AgentSocket, "--timeout", "40s");
        await guest.BackAsync(TimeSpan.FromSeconds(4));
        await guest.Machine.DisposeAsync();
        var run = (await running).Failed("hung-up", "not-proved", 2);
        Assert.InRange(run.Took.TotalSeconds, 0, 20);
    }
}
