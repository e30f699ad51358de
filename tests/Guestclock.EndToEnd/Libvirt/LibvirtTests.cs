using System.Diagnostics;
using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using Guestclock.Lab;
using Guestclock.Lab.Guests;
using Guestclock.Linux.Agents;
using Guestclock.Linux.Libvirt;
using Guestclock.Linux.Watching;

namespace Guestclock.EndToEnd.Libvirt;

/// <summary>A real guest of a real libvirtd: events, clock, failures, and a daemon that goes and comes.</summary>
public sealed class LibvirtTests(ITestOutputHelper output)
{
    private const string Guest = "guest";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_guest_of_libvirt_is_followed_measured_and_set_and_each_failure_is_named()
    {
        await using var libvirt = PrivateLibvirt.Create();
        var boot = await BootAsync(libvirt.Folder);
        var xml = Path.Combine(libvirt.Folder, "guest.xml");
        await File.WriteAllTextAsync(xml, LibvirtGuestXml.Of(Guest, boot, libvirt.Folder));

        using var source = new LibvirtSource(libvirt.Uri, HostClock.Instance, text => output.WriteLine(text ?? "connected"));
        await using var log = new EventLog(source);
        libvirt.Up();
        await libvirt.UntilUpAsync();
        await libvirt.VirshAsync("create", xml);
        await log.UntilAsync(Guest, GuestEventKind.Started);
        await log.UntilAsync(Guest, GuestEventKind.AgentConnected);
        using var shell = await GuestChannel.ConnectAsync(new GuestSockets(libvirt.Folder).ChannelSocket, default);
        await using var agent = await source.OpenAgentAsync(Guest, default);

        await SetAsync(source, agent);
        await PausedAsync(libvirt, log, agent);
        await StalledAsync(libvirt, agent);
        await KilledAsync(shell, log, agent);
        await RestartedAsync(libvirt, log, agent);

        await libvirt.VirshAsync("reset", Guest);
        await log.UntilAsync(Guest, GuestEventKind.Reset);
        await libvirt.VirshAsync("destroy", Guest);
        await log.UntilAsync(Guest, GuestEventKind.Gone);
        await FailsAsync(agent, AgentFailure.NoGuest);
    }

    private async Task SetAsync(LibvirtSource source, IGuestAgent agent)
    {
        await agent.SynchronizeAsync(Limit, default);
        var best = await BestAsync(agent);
        output.WriteLine($"through libvirt, best of 50: {best.RoundTripNs / 1e6:0.000} ms");
        await using (var prover = await source.OpenProverAsync(Guest, default))
        {
            Assert.NotNull(prover);
            await prover.SynchronizeAsync(Limit, default);
            output.WriteLine($"by the socket, best of 50: {(await BestAsync(prover)).RoundTripNs / 1e6:0.000} ms");
            var clock = Stopwatch.StartNew();
            await agent.BeginSetTimeAsync(5_000_000_000, default);
            var seen = await prover.ReadTimeAsync(Limit, default);
            while (seen.Offset.OffsetNs < 4_000_000_000 && clock.Elapsed < Limit)
                seen = await prover.ReadTimeAsync(Limit, default);
            output.WriteLine($"5 s ahead, seen after {clock.Elapsed.TotalMilliseconds:0} ms: {seen.Offset}");
            await agent.FinishSetTimeAsync(Limit, default);
            output.WriteLine($"its reply came after {clock.Elapsed.TotalMilliseconds:0} ms");
        }

        var ahead = (await BestAsync(agent)).Offset;
        Assert.InRange(ahead.OffsetNs, 4_900_000_000, 5_100_000_000);
        Assert.True(await ((IRtcCatchup)agent).DropQueuedTicksAsync(Limit, default));
        await agent.BeginSetTimeAsync(0, default);
        await agent.FinishSetTimeAsync(Limit, default);
        Assert.InRange((await BestAsync(agent)).Offset.OffsetNs, -100_000_000, 100_000_000);
    }

    private async Task PausedAsync(PrivateLibvirt libvirt, EventLog log, IGuestAgent agent)
    {
        await libvirt.VirshAsync("suspend", Guest);
        await log.UntilAsync(Guest, GuestEventKind.Paused);
        await FailsAsync(agent, AgentFailure.Paused);
        await Task.Delay(2000);
        await libvirt.VirshAsync("resume", Guest);
        await log.UntilAsync(Guest, GuestEventKind.Resumed);

        using var pool = new LibvirtPool(libvirt.Uri);
        var policy = RecoveryPolicy.Default with { WithinNs = 100_000_000 }; // A machine that has other work, too.
        var result = await LibvirtTargets.Of(pool, Guest, HostClock.Instance).RunAsync(policy, new(policy), default);
        output.WriteLine($"after a pause: {result.Outcome}, before {result.Before}, after {result.After}, proved after {result.ProofNs / 1e6:0} ms, "
            + $"took {result.TookNs / 1e6:0} ms, {result.Sets.Count} sets");
        Assert.Equal(RecoveryOutcome.Recovered, result.Outcome);
    }

    private static async Task StalledAsync(PrivateLibvirt libvirt, IGuestAgent agent)
    {
        await libvirt.FreezeAsync(true);
        var clock = Stopwatch.StartNew();
        await Assert.ThrowsAsync<AgentException>(() => agent.ReadTimeAsync(TimeSpan.FromSeconds(1), default));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.9, 5);
        await libvirt.FreezeAsync(false);
        await agent.SynchronizeAsync(Limit, default);
    }

    private static async Task KilledAsync(GuestChannel shell, EventLog log, IGuestAgent agent)
    {
        await shell.RunAsync("killall -9 qemu-ga", Limit, default);
        await FailsAsync(agent, AgentFailure.AgentNotRunning);
        await shell.RunAsync("setsid qemu-ga --block-rpcs=guest-set-time </dev/null >/dev/null 2>&1 & sleep 1", Limit, default);
        await log.UntilAsync(Guest, GuestEventKind.AgentConnected);
        await agent.SynchronizeAsync(Limit, default);
        await agent.BeginSetTimeAsync(0, default);
        var blocked = await Assert.ThrowsAsync<AgentException>(() => agent.FinishSetTimeAsync(Limit, default));
        Assert.Equal(AgentFailure.Blocked, blocked.Failure);
    }

    private static async Task RestartedAsync(PrivateLibvirt libvirt, EventLog log, IGuestAgent agent)
    {
        libvirt.Down();
        await Task.Delay(1000);
        await FailsAsync(agent, AgentFailure.Transport);
        libvirt.Up();
        await log.UntilAsync(Guest, GuestEventKind.Found);
        await libvirt.VirshAsync("suspend", Guest);
        await log.UntilAsync(Guest, GuestEventKind.Paused);
        await libvirt.VirshAsync("resume", Guest);
        await log.UntilAsync(Guest, GuestEventKind.Resumed);
        await agent.SynchronizeAsync(Limit, default);
    }

    private static async Task FailsAsync(IGuestAgent agent, AgentFailure expected)
    {
        var failed = await Assert.ThrowsAsync<AgentException>(() => agent.ReadTimeAsync(Limit, default));
        Assert.True(failed.Failure == expected, $"{failed.Failure} instead of {expected}: {failed.Message}");
    }

    private static async Task<ClockBracket> BestAsync(IGuestAgent agent)
    {
        var best = await agent.ReadTimeAsync(Limit, default);
        for (var i = 0; i < 50; i++)
        {
            var next = await agent.ReadTimeAsync(Limit, default);
            best = next.RoundTripNs < best.RoundTripNs ? next : best;
        }

        return best;
    }

    private static async Task<GuestBoot> BootAsync(string folder)
    {
        try
        {
            return await GuestBoot.PrepareAsync(new(Guest, GuestKernel.Linux61) { Agent = true, Referee = true }, folder, new(), default);
        }
        catch (LabException e)
        {
            Assert.Skip(e.Message);
            throw;
        }
    }
}
