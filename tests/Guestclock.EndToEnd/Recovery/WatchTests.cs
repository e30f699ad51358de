using System.Text.Json;

namespace Guestclock.EndToEnd.Recovery;

/// <summary><c>guestclock watch</c> of the published binary over the QMP socket of a real guest with one agent channel; a second agent, which it cannot have, tells the truth.</summary>
public sealed class WatchTests(SharedBreakableGuest shared, ITestOutputHelper output) : IClassFixture<SharedBreakableGuest>
{
    [Fact]
    public async Task Several_pauses_in_a_row_are_each_recovered_and_told_truly()
    {
        var guest = await GuestAsync();
        await using var watch = WatchProcess.Start("--qmp", guest.Glob, "--listen", "127.0.0.1:0");
        await watch.RightAsync("found");
        foreach (var seconds in (double[])[3, 2, 4])
        {
            await guest.PauseAsync(seconds);
            var told = await watch.RecoveryAsync("recovered", "resumed");
            output.WriteLine(Times(told));
            Assert.InRange(Json.Offset(told, "before")!.Value.OffsetNs / 1e9, -seconds - 3, -seconds + 0.5);
            await guest.AgreesAsync(Json.Offset(told, "after")!.Value);
        }

        var status = await watch.StatusAsync();
        var only = status.GetProperty("guests").EnumerateArray().Single();
        Assert.Equal(("right", "running"), (Json.Text(only, "standing"), Json.Text(only, "phase")));
        await guest.AgreesAsync(Json.Offset(only, "offset")!.Value);
        Assert.True(status.GetProperty("outcomes").GetProperty("recovered").GetInt64() >= 3, $"{status}");
        Assert.Equal(0, status.GetProperty("owed").GetInt32());

        var metrics = await watch.MetricsAsync();
        Assert.Contains("guestclock_recoveries_owed 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains($"guestclock_recoveries_total{{outcome=\"recovered\"}} {status.GetProperty("outcomes").GetProperty("recovered").GetInt64()}\n", metrics, StringComparison.Ordinal);
        var (exitCode, took) = await watch.StopAsync();
        output.WriteLine($"ended after {took.TotalMilliseconds:0} ms");
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task A_guest_that_pauses_again_during_its_recovery_is_recovered_when_it_runs_on()
    {
        var guest = await GuestAsync();
        await using var slow = await GuestHwclock.ReplaceAsync(guest, "sleep 2");
        await using var watch = WatchProcess.Start("--qmp", guest.Glob);
        await watch.RightAsync("found");
        await guest.PauseAsync(4);
        await guest.BackAsync(TimeSpan.FromSeconds(3));
        await guest.PauseAsync(3);
        var told = await watch.RecoveryAsync("recovered", "resumed");
        await guest.AgreesAsync(Json.Offset(told, "after")!.Value);
        Assert.InRange((await guest.SeeAsync()).LeastNs, 0, 100_000_000);
    }

    [Fact]
    public async Task A_stop_during_a_recovery_is_clean_and_quick()
    {
        var guest = await GuestAsync();
        await using var watch = WatchProcess.Start("--qmp", guest.Glob);
        await watch.RightAsync("found");
        await guest.PauseAsync(4);
        await guest.BackAsync(TimeSpan.FromSeconds(3));
        var (exitCode, took) = await watch.StopAsync();
        output.WriteLine($"ended after {took.TotalMilliseconds:0} ms");
        Assert.Equal(0, exitCode);
        Assert.InRange(took.TotalSeconds, 0, 8);
        await watch.UntilAsync("that it stopped", l => Json.Text(l, "kind") == "stopped");
        Assert.DoesNotContain("   at ", watch.Complaints, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_that_comes_up_later_is_used_at_once()
    {
        var guest = await GuestAsync();
        await guest.RunAsync("kill -9 " + BreakableGuest.AgentPid);
        await using var watch = WatchProcess.Start("--qmp", guest.Glob);
        await watch.RecoveryAsync("failed", "found");
        await guest.PauseAsync(3);
        await watch.RecoveryAsync("failed", "resumed");
        await guest.RunAsync(BreakableGuest.StartAgent);
        await watch.EventAsync("agent-connected");
        var told = await watch.RecoveryAsync("recovered", "resumed");
        output.WriteLine(Times(told));
        await guest.AgreesAsync(Json.Offset(told, "after")!.Value);
    }

    [Fact]
    public async Task A_guest_that_is_reset_is_recovered_when_it_is_up_again()
    {
        var guest = await GuestAsync();
        // A guest's clock begins with its RTC, which counts seconds, and may be ahead by less than what is set back unasked.
        await using var watch = WatchProcess.Start("--qmp", guest.Glob, "--backward-limit", "1ms");
        await watch.RightAsync("found");
        await guest.ResetAsync();
        await watch.EventAsync("reset");
        var told = await watch.RightAsync("reset");
        output.WriteLine(Times(told));
        await guest.AgreesAsync(Json.Offset(told, "after")!.Value);
    }

    [Fact]
    public async Task An_output_that_takes_nothing_holds_up_no_recovery()
    {
        var guest = await GuestAsync();
        await using var watch = WatchProcess.StartOnFullDisk("--qmp", guest.Glob);
        await watch.StatusUntilAsync("found", s => Standing(s) == "right");
        await guest.PauseAsync(3);
        await guest.BackAsync(TimeSpan.FromSeconds(2));
        var status = await watch.StatusUntilAsync("recovered", s => s.GetProperty("outcomes").TryGetProperty("recovered", out _) && Standing(s) == "right");
        await guest.AgreesAsync(Json.Offset(status.GetProperty("guests")[0].GetProperty("lastRecovery"), "after")!.Value);
        Assert.Contains("standard output takes no lines", watch.Complaints, StringComparison.Ordinal);
        Assert.Equal(0, (await watch.StopAsync()).ExitCode);
    }

    [Fact]
    public async Task A_hangup_reads_the_settings_again_and_a_wrong_one_changes_nothing()
    {
        var guest = await GuestAsync();
        var config = Path.Combine(guest.Root, "watch.yaml");
        await File.WriteAllTextAsync(config, $"qmp: [{guest.Root}/nowhere/*]\n");
        await using var watch = WatchProcess.Start("--config", config);
        await watch.UntilAsync("that it started", l => Json.Text(l, "kind") == "started");
        await File.WriteAllTextAsync(config, $"qmp: [{guest.Glob}]\n");
        await watch.SignalAsync("HUP");
        await watch.RightAsync("found");
        await File.WriteAllTextAsync(config, "qpm: [/x]\n");
        await watch.SignalAsync("HUP");
        await guest.PauseAsync(2);
        await watch.RecoveryAsync("recovered", "resumed");
        Assert.Contains("watch.yaml", watch.Complaints, StringComparison.Ordinal);
        Assert.Contains("qmp", watch.Complaints, StringComparison.Ordinal);
    }

    private static string? Standing(JsonElement status) =>
        status.GetProperty("guests").EnumerateArray().Select(g => Json.Text(g, "standing")).SingleOrDefault();

    private static string Times(JsonElement told) =>
        $"{Json.Text(told, "trigger")}: before {Json.Offset(told, "before")}, after {Json.Offset(told, "after")}, proved {told.GetProperty("proofNs").GetInt64() / 1e6:0} ms "
        + $"after the start of attempt {told.GetProperty("attempt")}, done {told.GetProperty("sinceEventNs").GetInt64() / 1e6:0} ms after the event, {told.GetProperty("sets").GetArrayLength()} sets";

    /// <summary>Its second agent is held by this test, so that the watch has one channel only.</summary>
    private async Task<BreakableGuest> GuestAsync()
    {
        var guest = await shared.GetAsync();
        await guest.SetAsync(TimeSpan.Zero);
        return guest;
    }
}
