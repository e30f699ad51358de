using System.Diagnostics;

namespace Guestclock.EndToEnd.Guests;

/// <summary>A running guest: an emulated machine with a Debian kernel and <c>guestclock</c> in <c>/usr/bin</c>.</summary>
public sealed class GuestMachine : IAsyncDisposable
{
    private static readonly TimeSpan BootLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo _folder;
    private readonly HostDaemon _qemu;
    private GuestChannel? _channel;

    private GuestMachine(DirectoryInfo folder, HostDaemon qemu)
    {
        _folder = folder;
        _qemu = qemu;
    }

    /// <summary>From the start of QEMU to the first answer of the guest, by this machine's clock.</summary>
    public TimeSpan BootTime { get; private set; }

    /// <summary>Where QEMU listens for its machine protocol.</summary>
    public string QmpSocket => Path.Combine(_folder.FullName, "qmp");

    /// <summary>This machine's end of the guest agent's channel, if the guest has an agent.</summary>
    public string AgentSocket => Path.Combine(_folder.FullName, "agent");

    /// <summary>What the kernel has written to the serial console so far.</summary>
    public string Console => File.Exists(ConsolePath) ? File.ReadAllText(ConsolePath) : "";

    private string ConsolePath => Path.Combine(_folder.FullName, "console");

    /// <summary>Boots a guest and waits until it answers.</summary>
    /// <exception cref="GuestUnavailableException">QEMU, a package or the published program is missing.</exception>
    /// <exception cref="TimeoutException">It did not come up.</exception>
    public static async Task<GuestMachine> StartAsync(GuestVariant variant, CancellationToken cancellationToken = default)
    {
        var binary = GuestFiles.Program;
        var qemu = await QemuProgram.LocateAsync(variant.VmClock || variant.PtpCard, cancellationToken);
        var tree = await variant.Kernel.Tree.GetAsync(cancellationToken);
        var folder = Directory.CreateTempSubdirectory("guest-");
        GuestMachine? machine = null;
        try
        {
            var initrd = Path.Combine(folder.FullName, "initrd");
            var kernel = GuestImage.Write(initrd, tree, variant, binary);
            var clock = Stopwatch.StartNew();
            machine = new GuestMachine(folder, HostDaemon.Start([.. qemu, .. QemuOptions.For(variant, folder.FullName, kernel, initrd)]));
            await machine.WaitUntilUpAsync(cancellationToken);
            machine.BootTime = clock.Elapsed;
            return machine;
        }
        catch
        {
            if (machine is not null)
                await machine.DisposeAsync();
            else
                folder.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>Runs a shell script in the guest, as root.</summary>
    /// <param name="limit">When to kill it, 60 s if not told.</param>
    /// <exception cref="TimeoutException">The guest does not answer any more.</exception>
    public Task<GuestResult> RunAsync(string script, TimeSpan? limit = null, CancellationToken cancellationToken = default) =>
        _channel!.RunAsync(script, limit ?? DefaultLimit, cancellationToken);

    /// <summary>Copies one file of the guest to this machine.</summary>
    public async Task CopyOutAsync(string guestPath, string hostPath, CancellationToken cancellationToken = default)
    {
        var quoted = "'" + guestPath.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
        var result = await RunAsync($"cat -- {quoted}", cancellationToken: cancellationToken);
        if (result.ExitCode != 0)
            throw new FileNotFoundException(result.Stderr.Trim(), guestPath);
        await File.WriteAllBytesAsync(hostPath, result.Output, cancellationToken);
    }

    /// <summary>Waits until the guest's chrony has a good idea of offset and frequency; takes some ten seconds after the boot.</summary>
    /// <exception cref="TimeoutException">It has none after two minutes.</exception>
    public async Task WaitUntilSynchronizedAsync(CancellationToken cancellationToken = default)
    {
        // Correction below 1 ms, skew below 100 ppm, asked every second.
        var result = await RunAsync("chronyc waitsync 120 0.001 100 1", TimeSpan.FromMinutes(3), cancellationToken);
        if (result.ExitCode != 0)
            throw new TimeoutException($"chrony in the guest did not synchronise: {result}");
    }

    public async ValueTask DisposeAsync()
    {
        await _qemu.DisposeAsync();
        _channel?.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task WaitUntilUpAsync(CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var up = ConnectAsync(giveUp.Token);
        if (await Task.WhenAny(up, _qemu.Ended) != up)
        {
            await giveUp.CancelAsync();
            throw new GuestUnavailableException($"QEMU ended with {await _qemu.Ended}: {await _qemu.Complaints}{Tail()}");
        }
        try
        {
            await up;
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"the guest was not up after {BootLimit.TotalSeconds:0} s{Tail()}", e);
        }
        finally
        {
            await giveUp.CancelAsync();
        }
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        _channel = await GuestChannel.ConnectAsync(Path.Combine(_folder.FullName, "channel"), cancellationToken);
        await _channel.RunAsync("true", BootLimit, cancellationToken);
    }

    private string Tail() => "\nThe end of its console:\n" + string.Join('\n', Console.Split('\n').TakeLast(20));
}
