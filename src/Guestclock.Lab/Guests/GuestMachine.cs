using System.Diagnostics;
using Guestclock.Lab.Hosts;

namespace Guestclock.Lab.Guests;

/// <summary>A running guest: a virtual machine with a Debian kernel.</summary>
public sealed class GuestMachine : IAsyncDisposable
{
    private static readonly TimeSpan BootLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(60);
    private readonly WorkFolder? _ownFolder;
    private readonly GuestVariant _variant;
    private readonly GuestBoot _boot;
    private readonly GuestLaunch _launch;
    private readonly HostDaemon _qemu;
    private GuestChannel? _channel;

    private GuestMachine(string folder, WorkFolder? ownFolder, GuestVariant variant, GuestBoot boot, GuestLaunch launch, params string[] state)
    {
        Sockets = new GuestSockets(folder);
        Sockets.RefuseLongPaths();
        _ownFolder = ownFolder;
        _variant = variant;
        _boot = boot;
        _launch = launch;
        _qemu = HostDaemon.Start([.. boot.Qemu, .. QemuOptions.For(variant, launch.Accelerator, folder, boot), .. state]);
    }

    /// <summary>From the start of QEMU to the first answer of the guest, by this machine's clock.</summary>
    public TimeSpan BootTime { get; private set; }

    /// <summary>Where it can be reached on this machine.</summary>
    public GuestSockets Sockets { get; }

    /// <summary>QEMU's exit code, when it has ended.</summary>
    public Task<int> Ended => _qemu.Ended;

    /// <summary>What the kernel has written to the serial console so far.</summary>
    public string Console => File.Exists(ConsolePath) ? File.ReadAllText(ConsolePath) : "";

    private string ConsolePath => Path.Combine(Sockets.Folder, "console");

    /// <summary>Boots a guest and waits until it answers.</summary>
    /// <param name="bootLimit">How long it may take to come up, 3 min if not told.</param>
    /// <exception cref="LabException">QEMU or a package is missing.</exception>
    /// <exception cref="TimeoutException">It did not come up.</exception>
    public static async Task<GuestMachine> StartAsync(
        GuestVariant variant, GuestLaunch? launch = null, TimeSpan? bootLimit = null, CancellationToken cancellationToken = default)
    {
        launch ??= new GuestLaunch();
        var own = launch.Folder is null ? WorkFolder.Create("guest-") : null;
        var folder = launch.Folder ?? own!.Path;
        GuestMachine? machine = null;
        try
        {
            var boot = await GuestBoot.PrepareAsync(variant, folder, launch, cancellationToken);
            launch.Progress?.Report($"booting a guest under {launch.Accelerator.Name}");
            var clock = Stopwatch.StartNew();
            machine = new GuestMachine(folder, own, variant, boot, launch);
            await machine.WaitUntilUpAsync(bootLimit ?? BootLimit, cancellationToken);
            machine.BootTime = clock.Elapsed;
            return machine;
        }
        catch
        {
            if (machine is not null)
                await machine.DisposeAsync();
            else if (own is not null)
                await own.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a second QEMU with the same devices, and sockets of its own, to take over this guest's state; it stays paused then.</summary>
    /// <param name="folder">An existing folder for its sockets and console, which is left there.</param>
    /// <param name="state">QEMU's options that say where the state comes from.</param>
    public GuestMachine StartSuccessor(string folder, params string[] state) => new(folder, null, _variant, _boot, _launch, ["-S", .. state]);

    /// <summary>Runs a shell script in the guest, as root.</summary>
    /// <param name="limit">When to kill it, 60 s if not told.</param>
    /// <exception cref="TimeoutException">The guest does not answer any more.</exception>
    public async Task<GuestResult> RunAsync(string script, TimeSpan? limit = null, CancellationToken cancellationToken = default)
    {
        _channel ??= await GuestChannel.ConnectAsync(Sockets.ChannelSocket, cancellationToken);
        return await _channel.RunAsync(script, limit ?? DefaultLimit, cancellationToken);
    }

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
        if (_ownFolder is not null)
            await _ownFolder.DisposeAsync();
    }

    private async Task WaitUntilUpAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var up = ConnectAsync(limit, giveUp.Token);
        if (await Task.WhenAny(up, _qemu.Ended) != up)
        {
            await giveUp.CancelAsync();
            throw new LabException($"QEMU ended with {await _qemu.Ended}: {await _qemu.Complaints}{Tail()}");
        }
        try
        {
            await up;
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"the guest was not up after {limit.TotalSeconds:0} s{Tail()}", e);
        }
        finally
        {
            await giveUp.CancelAsync();
        }
    }

    private async Task ConnectAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        _channel = await GuestChannel.ConnectAsync(Sockets.ChannelSocket, cancellationToken);
        await _channel.RunAsync("true", limit, cancellationToken);
    }

    private string Tail() => "\nThe end of its console:\n" + string.Join('\n', Console.Split('\n').TakeLast(20));
}
