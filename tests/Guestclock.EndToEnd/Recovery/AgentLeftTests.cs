using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Guestclock.Linux.Agents;

namespace Guestclock.EndToEnd.Recovery;

/// <summary>qemu-ga tries without a rest to give its answer to somebody who has left: it would burn a CPU of the guest until the next one comes.</summary>
public sealed class AgentLeftTests(SharedBreakableGuest shared, ITestOutputHelper output) : IClassFixture<SharedBreakableGuest>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task An_agent_whose_client_leaves_amid_a_set_burns_no_cpu()
    {
        var guest = await shared.GetAsync();
        await using (var agent = await AgentSocket.ConnectAsync(guest.Sockets.AgentSocket, HostClock.Instance, Limit, default))
        {
            await agent.SynchronizeAsync(Limit, default);
            await agent.BeginSetTimeAsync(0, default);
        }

        Assert.InRange(await BusyAsync(guest), 0, 0.5);
    }

    [Fact]
    public async Task An_agent_whose_sync_is_interrupted_burns_no_cpu()
    {
        var guest = await shared.GetAsync();
        await guest.SetAsync(TimeSpan.FromSeconds(-5));
        var start = new ProcessStartInfo(Binary.Path, ["sync", "--agent", guest.Sockets.AgentSocket]) { UseShellExecute = false, RedirectStandardOutput = true };
        using var sync = Process.Start(start)!;
        await guest.BackAsync(TimeSpan.FromSeconds(4));
        await Binary.RunProgramAsync("/bin/kill", ["-INT", sync.Id.ToString(CultureInfo.InvariantCulture)]);
        await sync.WaitForExitAsync().WaitAsync(Limit);
        Assert.InRange(await BusyAsync(guest), 0, 0.5);
    }

    [Fact]
    public async Task Whoever_comes_next_stops_an_agent_that_burns_cpu()
    {
        var guest = await shared.GetAsync();
        using (var rude = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            await rude.ConnectAsync(new UnixDomainSocketEndPoint(guest.Sockets.AgentSocket));
            await rude.SendAsync("{\"execute\":\"guest-set-time\"}\n"u8.ToArray());
        }

        output.WriteLine($"burnt by an agent whose client left: {await BusyAsync(guest):P0}");
        Assert.True((await SyncRun.OfAsync(guest.Sockets.AgentSocket)).Outcome is "in-time" or "recovered" or "left");
        Assert.InRange(await BusyAsync(guest), 0, 0.5);
    }

    /// <summary>The part of a CPU that the agent uses, two seconds after it may have begun.</summary>
    private static async Task<double> BusyAsync(BreakableGuest guest)
    {
        const string ticks = "awk '{print $14+$15}' /proc/" + BreakableGuest.AgentPid + "/stat";
        var two = (await guest.RunAsync($"sleep 2; {ticks}; sleep 2; {ticks}")).Split('\n').Select(t => double.Parse(t, CultureInfo.InvariantCulture)).ToArray();
        return (two[1] - two[0]) / 100 / 2; // USER_HZ is 100.
    }
}
