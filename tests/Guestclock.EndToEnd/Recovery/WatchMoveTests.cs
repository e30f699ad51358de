namespace Guestclock.EndToEnd.Recovery;

/// <summary><c>guestclock watch</c> while a guest goes from one QEMU to another.</summary>
public sealed class WatchMoveTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_guest_that_is_paused_twice_and_migrated_is_recovered_each_time()
    {
        await using var source = await BreakableGuest.BootAsync();
        await using var watch = WatchProcess.Start("--qmp", source.Glob);
        await watch.RightAsync("found");
        for (var i = 0; i < 2; i++)
        {
            await source.PauseAsync(2);
            await watch.RecoveryAsync("recovered", "resumed");
        }

        var incoming = Path.Combine(source.Root, "incoming");
        await using var destination = await source.SucceedAsync("there", "-incoming", $"unix:{incoming}");
        await source.LeaveRefereeAsync();
        await destination.HoldRefereeAsync();
        // Who comes when the migration has ended cannot know that there was one.
        await destination.FoundAsync();
        await source.Monitor.ExecuteAsync("migrate-set-capabilities", """{"capabilities":[{"capability":"events","state":true}]}""");
        await source.Monitor.ExecuteAsync("migrate", $$"""{"uri":"unix:{{incoming}}"}""");
        await source.Monitor.NextAsync(e => e.Name == "MIGRATION" && e.Data.GetProperty("status").GetString() is "completed" or "failed", "the end of the migration", default);
        await Task.Delay(2000);
        await destination.ContinueAsync();
        var gone = await watch.EventAsync("gone");
        Assert.Equal("here", Json.Text(gone, "guest"));
        var told = await watch.RecoveryAsync("recovered", "migrated");
        output.WriteLine($"{told}");
        Assert.Equal("there", Json.Text(told, "guest"));
        Assert.InRange(Json.Offset(told, "before")!.Value.OffsetNs, -60_000_000_000, -1_500_000_000);
        await destination.AgreesAsync(Json.Offset(told, "after")!.Value);

        // The old QEMU, which waits with an old state, is nobody's guest any more.
        var status = await watch.StatusAsync();
        Assert.Equal(["there"], status.GetProperty("guests").EnumerateArray().Select(g => Json.Text(g, "guest")));
        await source.Machine.DisposeAsync();
        await destination.PauseAsync(2);
        told = await watch.RecoveryAsync("recovered", "resumed");
        await destination.AgreesAsync(Json.Offset(told, "after")!.Value);
    }

    [Fact]
    public async Task A_qemu_that_is_killed_is_gone_and_one_that_restores_its_guest_on_the_same_sockets_is_found()
    {
        await using var saved = await BreakableGuest.BootAsync(v => v with { SnapshotDisk = true });
        await using var watch = WatchProcess.Start("--qmp", saved.Glob);
        await watch.RightAsync("found");
        await saved.Monitor.HumanAsync("savevm lab", default);
        await watch.RightAsync("resumed");
        await saved.LeaveRefereeAsync();
        await saved.Machine.DisposeAsync();
        await watch.EventAsync("gone");
        await using var restored = await saved.SucceedAsync("here", "-loadvm", "lab");
        await restored.HoldRefereeAsync();
        await Task.Delay(1000);
        await restored.ContinueAsync();
        var told = await watch.RecoveryAsync("recovered");
        output.WriteLine($"{told}");
        Assert.InRange(Json.Offset(told, "before")!.Value.OffsetNs, -60_000_000_000, -1_000_000_000);
        await restored.AgreesAsync(Json.Offset(told, "after")!.Value);
        Assert.Equal(0, (await watch.StopAsync()).ExitCode);
        Assert.DoesNotContain("   at ", watch.Complaints, StringComparison.Ordinal);
    }
}
