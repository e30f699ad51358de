using System.Net.Sockets;
using Guestclock.Linux.Qmp;

namespace Guestclock.Linux.Tests.Qmp;

/// <summary>What a real QEMU tells of its channels.</summary>
public sealed class AgentChannelsTests : IDisposable
{
    private readonly TempTree _tree = new();

    private string Folder => _tree.At("vm");

    public void Dispose() => _tree.Dispose();

    [Fact]
    public async Task An_agent_with_an_id_and_a_prover_without()
    {
        Assert.SkipUnless(Qemu.IsInstalled, Qemu.NotInstalled);
        using var qemu = new Qemu(Folder,
        [
            "-S", "-device", "virtio-serial", .. Qemu.Channel(Folder, "ga", AgentChannels.AgentName, "agent0"),
            .. Qemu.Channel(Folder, "second", "org.qemu.guest_agent.1"), .. Qemu.Channel(Folder, "spice", "com.example.else", "else"),
        ]);
        await using var connection = await qemu.ConnectAsync();
        var free = await AgentChannels.FindAsync(connection, TestContext.Current.CancellationToken);
        Assert.Equal(new AgentChannel(AgentChannels.AgentName, "agent0", Folder + "/ga", false), free.Agent);
        Assert.Equal(new AgentChannel("org.qemu.guest_agent.1", null, Folder + "/second", false), free.Prover);

        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(Folder + "/ga"));
        for (var tries = 0; tries < 100 && !(await AgentChannels.FindAsync(connection, TestContext.Current.CancellationToken)).Agent!.IsTaken; tries++)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.True((await AgentChannels.FindAsync(connection, TestContext.Current.CancellationToken)).Agent!.IsTaken);
    }

    [Fact]
    public async Task A_machine_without_channels_has_none()
    {
        Assert.SkipUnless(Qemu.IsInstalled, Qemu.NotInstalled);
        using var qemu = new Qemu(Folder, "-S");
        await using var connection = await qemu.ConnectAsync();
        Assert.Equal(new AgentChannels(null, null), await AgentChannels.FindAsync(connection, TestContext.Current.CancellationToken));
    }
}
