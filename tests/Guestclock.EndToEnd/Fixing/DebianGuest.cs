using Guestclock.EndToEnd.Guests;
using Guestclock.Lab;
using Guestclock.Lab.Guests;
using Guestclock.Lab.Hosts;

namespace Guestclock.EndToEnd.Fixing;

/// <summary>A Debian of <see cref="DebianTree"/> as an emulated machine that boots from its disk by its own GRUB.</summary>
internal sealed class DebianGuest : IAsyncDisposable
{
    private static readonly TimeSpan BootLimit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan EndLimit = TimeSpan.FromMinutes(2);

    private readonly WorkFolder _folder = WorkFolder.Create("gcd-");
    private readonly string _disk;
    private HostDaemon _qemu;
    private GuestChannel? _channel;

    private DebianGuest(string disk)
    {
        _disk = disk;
        _qemu = HostDaemon.Start(Command());
    }

    /// <summary>What BIOS, GRUB and the kernel wrote since the machine was switched on.</summary>
    private string Console => File.Exists(Path.Combine(_folder.Path, "console")) ? File.ReadAllText(Path.Combine(_folder.Path, "console")) : "";

    /// <summary>Boots it.</summary>
    /// <param name="disk">Is written to.</param>
    public static async Task<DebianGuest> StartAsync(string disk)
    {
        var guest = new DebianGuest(disk);
        try
        {
            await guest.ConnectAsync();
            return guest;
        }
        catch
        {
            await guest.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a script as root that has to end with one of these codes, or with 0 where none is given.</summary>
    /// <returns>What it wrote to standard output.</returns>
    public async Task<string> RunAsync(string script, params int[] codes)
    {
        var result = await _channel!.RunAsync("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin\n" + script, RunLimit, default);
        Assert.True((codes.Length == 0 ? [0] : codes).Contains(result.ExitCode), $"{script}: {result}");
        return result.Stdout;
    }

    /// <summary>Puts the published program where the guest's shell finds it.</summary>
    public Task InstallProgramAsync() =>
        RunAsync($"head -c {new FileInfo(GuestFiles.Program).Length} /dev/vdb >/usr/bin/guestclock; chmod 755 /usr/bin/guestclock; sync");

    /// <summary>Shuts it down in good order, and boots it again from its disk.</summary>
    public async Task RebootAsync()
    {
        await EndAsync("reboot");
        _qemu = HostDaemon.Start(Command());
        await ConnectAsync();
    }

    public Task PowerOffAsync() => EndAsync("poweroff");

    public async ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        await _qemu.DisposeAsync();
        await _folder.DisposeAsync();
    }

    /// <summary>QEMU ends when the guest reboots, so that what boots next has seen the disk only.</summary>
    private IEnumerable<string> Command() =>
    [
        "qemu-system-x86_64", "-accel", "tcg", "-cpu", "max", "-machine", "pc,graphics=off", "-m", "512", "-smp", "1",
        "-nodefaults", "-no-user-config", "-no-reboot", "-display", "none", "-rtc", "base=utc,clock=host",
        "-serial", $"file:{_folder.Path}/console",
        "-netdev", "user,id=net,ipv6=off", "-device", "virtio-net-pci,netdev=net,romfile=",
        "-drive", $"file={_disk},format=raw,if=virtio,cache=writeback",
        "-drive", $"file={GuestFiles.Program},format=raw,if=virtio,readonly=on",
        "-device", "virtio-serial-pci",
        .. Port("channel", "org.guestclock.lab.0"), .. Port("agent", "org.qemu.guest_agent.0"),
    ];

    private string[] Port(string id, string name) =>
        ["-chardev", $"socket,id={id},path={_folder.Path}/{id},server=on,wait=off", "-device", $"virtserialport,chardev={id},name={name}"];

    private async Task ConnectAsync()
    {
        using var giveUp = new CancellationTokenSource(BootLimit);
        try
        {
            _channel = await GuestChannel.ConnectAsync(Path.Combine(_folder.Path, "channel"), giveUp.Token);
            var up = _channel.RunAsync("systemctl is-system-running --wait", BootLimit, giveUp.Token);
            if (await Task.WhenAny(up, _qemu.Ended) != up)
                throw new LabException($"QEMU ended with {await _qemu.Ended}: {await _qemu.Complaints}");
            await up;
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"the guest is not up after {BootLimit.TotalSeconds:0} s; the end of its console:\n{Console[^Math.Min(4000, Console.Length)..]}", e);
        }
    }

    private async Task EndAsync(string how)
    {
        // The answer may come or not: what would send it is ended, too.
        var asked = _channel!.RunAsync($"sync; systemctl --no-block {how}", EndLimit, default);
        await _qemu.Ended.WaitAsync(EndLimit);
        _channel.Dispose();
        _channel = null;
        await asked.ContinueWith(_ => { }, TaskScheduler.Default);
        await _qemu.DisposeAsync();
    }
}
