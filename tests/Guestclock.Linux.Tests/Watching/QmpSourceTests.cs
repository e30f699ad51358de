using System.Diagnostics;
using Guestclock.Discipline;
using Guestclock.Linux.Agents;
using Guestclock.Linux.Qmp;
using Guestclock.Linux.Tests.Qmp;

namespace Guestclock.Linux.Tests.Watching;

/// <summary>What is told of real QEMU processes.</summary>
public sealed class QmpSourceTests : IDisposable
{
    private readonly TempTree _tree = new();

    private string Pattern => _tree.At("*/qmp");

    public void Dispose() => _tree.Dispose();

    [Fact]
    public async Task A_guests_life()
    {
        Assert.SkipUnless(Qemu.IsInstalled, Qemu.NotInstalled);
        await using var run = new SourceRun(Pattern);
        using (var qemu = new Qemu(_tree.At("web"), "-S"))
        {
            // Seen before its start, or it would be found running.
            await SeenAsync(run, "web");
            await qemu.DoAsync("cont", "stop", "cont", "system_reset");
            Assert.Equal(["web Started", "web Paused", "web Resumed", "web Reset"], await run.NextAsync(4));
        }

        Assert.Equal("web Gone", await LastOfAsync(run, "Gone"));
        using (var again = new Qemu(_tree.At("web")))
            Assert.Contains(await LastOfAsync(run, "Found", "Started"), (string[])["web Found", "web Started"]);
        Assert.Equal("web Gone", await LastOfAsync(run, "Gone"));
        Assert.Empty(run.Trouble);
    }

    [Fact]
    public async Task A_migration_on_one_host_leaves_two_names()
    {
        Assert.SkipUnless(Qemu.IsInstalled, Qemu.NotInstalled);
        using var from = new Qemu(_tree.At("a"), "-name", "one");
        await using var run = new SourceRun(Pattern);
        Assert.Equal("one Found", await LastOfAsync(run, "Found", "Started"));
        using var to = new Qemu(_tree.At("b"), "-name", "one", "-incoming", $"unix:{_tree.At("move")}");
        await SeenAsync(run, to.Monitor);
        await from.DoAsync("hmp migrate -d unix:" + _tree.At("move"));
        var told = new List<string>();
        while (!told.Contains($"{to.Monitor} Migrated") || !told.Contains("one Gone"))
            told.AddRange(await run.NextAsync(1));
        Assert.Contains("one Paused", told);
        Assert.DoesNotContain("one Resumed", told);
    }

    [Fact]
    public async Task A_snapshot_loaded_by_a_job_is_a_restore_and_saving_one_a_pause()
    {
        Assert.SkipUnless(Qemu.IsInstalled, Qemu.NotInstalled);
        Qemu.Disk(_tree.At("vm"));
        using var qemu = new Qemu(_tree.At("vm"), "-blockdev", $"driver=qcow2,node-name=disk,file.driver=file,file.filename={_tree.At("vm")}/disk.qcow2");
        await using var run = new SourceRun(Pattern);
        _ = await LastOfAsync(run, "Found", "Started");
        await qemu.DoAsync("hmp savevm one");
        Assert.Equal(["vm Paused", "vm Resumed"], await PausesAsync(run));
        await qemu.DoAsync("hmp loadvm one");
        Assert.Equal(["vm Paused", "vm Resumed"], await PausesAsync(run));
        await using (var own = await Qemu.ConnectAsync(qemu.Folder + "/test"))
            await own.ExecuteAsync("snapshot-load", """{"job-id": "back", "tag": "one", "vmstate": "disk", "devices": ["disk"]}""");
        Assert.Equal(["vm Paused", "vm Restored"], await PausesAsync(run));
    }

    [Fact]
    public async Task A_monitor_that_another_holds_is_said_once_and_taken_when_it_is_free()
    {
        Assert.SkipUnless(Qemu.IsInstalled, Qemu.NotInstalled);
        using var held = new Qemu(_tree.At("held"));
        var holder = await held.ConnectAsync();
        using var silent = new FakeListener(_tree.At("silent"), []);
        await using var run = new SourceRun(Pattern);
        using var free = new Qemu(_tree.At("free"));
        Assert.StartsWith("free ", (await run.NextAsync(1))[0], StringComparison.Ordinal);
        await UntilAsync(() => Task.FromResult(!run.Trouble.IsEmpty));
        Assert.Contains("another client holds this monitor", Assert.Single(run.Trouble), StringComparison.Ordinal);
        await holder.DisposeAsync();
        Assert.Equal("held Found", await LastOfAsync(run, "held Found"));
    }

    [Fact]
    public async Task What_is_no_QEMU_is_said_once_and_harms_nobody()
    {
        Assert.SkipUnless(Qemu.IsInstalled, Qemu.NotInstalled);
        Directory.CreateDirectory(_tree.At("mail"));
        using var mail = new FakeListener(_tree.At("mail/qmp"), "220 mail.example.net ESMTP\r\n"u8.ToArray());
        _tree.File("file/qmp");
        await using var run = new SourceRun(Pattern);
        using var qemu = new Qemu(_tree.At("vm"));
        Assert.StartsWith("vm ", (await run.NextAsync(1))[0], StringComparison.Ordinal);
        Assert.Contains("220 mail.example.net", Assert.Single(run.Trouble), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fifty_guests_are_found_and_resumed_each_under_its_name()
    {
        Assert.SkipUnless(Qemu.IsInstalled, Qemu.NotInstalled);
        var folders = Enumerable.Range(0, 50).Select(n => Directory.CreateDirectory(_tree.At($"vm{n}")).FullName).ToList();
        using var qemu = new Qemu(_tree.At("all"), [.. folders.SelectMany(f => new[] { "-qmp", $"unix:{f}/qmp,server=on,wait=off" })]);
        await using var run = new SourceRun(_tree.At("vm*/qmp"));
        Assert.Equal(folders.Select(f => $"{Path.GetFileName(f)[2..]} Found").Order(StringComparer.Ordinal), (await run.NextAsync(50)).Order(StringComparer.Ordinal));
        await qemu.DoAsync("stop", "cont");
        var told = await run.NextAsync(100);
        Assert.Equal(50, told.Count(t => t.EndsWith(" Paused", StringComparison.Ordinal)));
        Assert.Equal(50, told.Where(t => t.EndsWith(" Resumed", StringComparison.Ordinal)).Distinct().Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_agents_channel_is_lent_to_one_at_a_time(bool hold)
    {
        Assert.SkipUnless(Qemu.IsInstalled, Qemu.NotInstalled);
        Assert.SkipUnless(HostAgent.IsInstalled, HostAgent.NotInstalled);
        using var agent = new HostAgent(_tree.At("agent-vm"));
        using var qemu = new Qemu(_tree.At("vm"));
        await using var run = new SourceRun(Pattern, _tree.At("agent-*"), hold);
        _ = await LastOfAsync(run, "Found", "Started");
        for (var n = 0; n < 3; n++)
        {
            await using var first = await run.Source.OpenAgentAsync("vm", TestContext.Current.CancellationToken);
            await first.SynchronizeAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
            Assert.InRange((await first.ReadTimeAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken)).Offset.LeastNs, 0, 1_000_000);
            Assert.Equal(AgentFailure.Busy, (await Assert.ThrowsAsync<AgentException>(() => run.Source.OpenAgentAsync("vm", TestContext.Current.CancellationToken))).Failure);
        }

        Assert.Null(await run.Source.OpenProverAsync("vm", TestContext.Current.CancellationToken));
        await qemu.DoAsync("stop");
        _ = await LastOfAsync(run, "Paused");
        Assert.Equal(AgentFailure.Paused, (await Assert.ThrowsAsync<AgentException>(() => run.Source.OpenAgentAsync("vm", TestContext.Current.CancellationToken))).Failure);
        Assert.Equal(AgentFailure.NoGuest, (await Assert.ThrowsAsync<AgentException>(() => run.Source.OpenAgentAsync("other", TestContext.Current.CancellationToken))).Failure);
    }

    [Fact]
    public async Task A_channel_that_another_holds_is_busy_and_without_one_there_is_none()
    {
        Assert.SkipUnless(Qemu.IsInstalled, Qemu.NotInstalled);
        using var bare = new Qemu(_tree.At("bare"));
        using var qemu = new Qemu(_tree.At("vm"), ["-device", "virtio-serial", .. Qemu.Channel(_tree.At("vm"), "ga", AgentChannels.AgentName, "agent0")]);
        await using var own = await Qemu.ConnectAsync(qemu.Folder + "/test");
        await using var other = await AgentSocket.ConnectAsync(qemu.Folder + "/ga", HostClock.Instance, TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        await UntilAsync(async () => (await AgentChannels.FindAsync(own)).Agent!.IsTaken);
        await using var run = new SourceRun(Pattern);
        _ = await run.NextAsync(2);
        Assert.Equal(AgentFailure.Busy, (await Assert.ThrowsAsync<AgentException>(() => run.Source.OpenAgentAsync("vm", TestContext.Current.CancellationToken))).Failure);
        Assert.Equal(AgentFailure.NoChannel, (await Assert.ThrowsAsync<AgentException>(() => run.Source.OpenAgentAsync("bare", TestContext.Current.CancellationToken))).Failure);
        await other.DisposeAsync();
        await (await run.Source.OpenAgentAsync("vm", TestContext.Current.CancellationToken)).DisposeAsync();
        await UntilAsync(async () => (await AgentChannels.FindAsync(own)).Agent!.IsTaken);
    }

    /// <summary>Until the source knows that a guest is there which does not run yet.</summary>
    private static async Task SeenAsync(SourceRun run, string guest)
    {
        await UntilAsync(async () =>
            (await Assert.ThrowsAsync<AgentException>(() => run.Source.OpenAgentAsync(guest, TestContext.Current.CancellationToken))).Failure == AgentFailure.NotRunning);

        // Its name is known one answer earlier than its state.
        await Task.Delay(500, TestContext.Current.CancellationToken);
    }

    /// <summary>The next pause and what ended it; the firmware's resets, and ports, do not count.</summary>
    private static async Task<List<string>> PausesAsync(SourceRun run) => [await LastOfAsync(run, "Paused"), await LastOfAsync(run, "Resumed", "Restored")];

    private static async Task<string> LastOfAsync(SourceRun run, params string[] kinds)
    {
        while (true)
        {
            var told = (await run.NextAsync(1))[0];
            if (kinds.Any(k => told.EndsWith(k, StringComparison.Ordinal)))
                return told;
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> done)
    {
        for (var started = Stopwatch.GetTimestamp(); !await done(); await Task.Delay(50))
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30));
    }
}
