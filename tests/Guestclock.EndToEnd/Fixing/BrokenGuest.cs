using Guestclock.EndToEnd.Guests;
using Guestclock.Lab.Hosts;

namespace Guestclock.EndToEnd.Fixing;

/// <summary>A Debian guest whose time keeping was broken on purpose, with a time server in reach.</summary>
internal sealed class BrokenGuest : IAsyncDisposable
{
    /// <summary>Wrong kernel parameters, a time service that is off and badly configured, an agent that refuses to tell the time.</summary>
    private const string Script = """
        set -e
        sed -i 's/^GRUB_CMDLINE_LINUX=.*/GRUB_CMDLINE_LINUX="console=ttyS0 clocksource=tsc tsc=reliable guestclock.note=kept"/' /etc/default/grub
        update-grub
        systemctl disable --now chrony
        sed -i 's/^makestep.*/makestep 1 3/; s/^rtcsync/#rtcsync/' /etc/chrony/chrony.conf
        mkdir -p /etc/qemu
        printf '# of this site\n[general]\nblock-rpcs=guest-set-time,guest-get-time,guest-file-open\n' >/etc/qemu/qemu-ga.conf
        """;

    private readonly WorkFolder _folder;
    private readonly HostChrony _server;

    private BrokenGuest(WorkFolder folder, HostChrony server, DebianGuest machine) => (_folder, _server, Machine) = (folder, server, machine);

    public DebianGuest Machine { get; }

    /// <summary>Boots one; where none can be had, the test is skipped and says why.</summary>
    public static Task<BrokenGuest> BootAsync() => SharedGuests.SkipUnlessAvailableAsync(StartAsync());

    /// <summary>Its disk when it is switched off; nobody writes to it.</summary>
    public static Task<string> DiskAsync() => DebianTree.DiskAsync(Script);

    public async ValueTask DisposeAsync()
    {
        await Machine.DisposeAsync();
        await _server.DisposeAsync();
        await _folder.DisposeAsync();
    }

    private static async Task<BrokenGuest> StartAsync()
    {
        var folder = WorkFolder.Create("gcb-");
        HostChrony? server = null;
        try
        {
            var disk = Path.Combine(folder.Path, "disk");
            await HostCommand.RunAsync("copying the guest's disk", "cp", ["--reflink=auto", "--sparse=always", await DiskAsync(), disk], TimeSpan.FromMinutes(1), default);
            server = await HostChrony.StartAsync();
            var machine = await DebianGuest.StartAsync(disk);
            await machine.InstallProgramAsync();
            await machine.RunAsync($"echo 'server 10.0.2.2 port {server.Port} iburst minpoll 1 maxpoll 3' >/etc/chrony/sources.d/host.sources; sync");
            return new(folder, server, machine);
        }
        catch
        {
            if (server is not null)
                await server.DisposeAsync();
            await folder.DisposeAsync();
            throw;
        }
    }
}
