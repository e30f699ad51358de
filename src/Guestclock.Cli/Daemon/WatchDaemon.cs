using Guestclock.Cli.Sync;
using Guestclock.Formats;
using Guestclock.Linux.Agents;
using Guestclock.Linux.Serving;
using Guestclock.Linux.Services;
using Guestclock.Linux.Watching;
using Guestclock.Reports;
using Guestclock.Reports.Watch;

namespace Guestclock.Cli.Daemon;

/// <summary>The shell of <c>guestclock watch</c>: signals, systemd, output, sockets; inside it runs an <see cref="IWatchLoop"/>.</summary>
internal static class WatchDaemon
{
    /// <summary>For the end of what runs, after it was asked to stop.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan StatusEvery = TimeSpan.FromSeconds(10);

    /// <param name="read">Reads the settings again (SIGHUP).</param>
    public static async Task<int> RunAsync(WatchSettings settings, Func<WatchSettings> read, WatchSurroundings around, TextWriter stderr)
    {
        using var own = around.Signals is null ? new ServiceSignals() : null;
        var signals = around.Signals ?? own!.Reader;
        using var notifier = around.Notifier ?? ServiceNotifier.FromEnvironment();
        var complaints = TextWriter.Synchronized(stderr);
        await using var lines = new QueuedLines(around.Output, DroppedLine) { OnStuck = isStuck => complaints.WriteLine(Stuck(isStuck)) };
        await using var loop = around.CreateLoop(settings, lines);
        await using var doors = new WatchDoors(loop);
        await doors.ApplyAsync(settings);
        if (doors.Pages is { } pages)
            complaints.WriteLine($"guestclock: serving http://{pages.Address}/metrics");

        using var stop = new CancellationTokenSource();
        var running = Task.Run(() => loop.RunAsync(stop.Token));
        var beating = notifier.KeepAliveAsync(() => loop.IsAlive && !running.IsCompleted, stop.Token);
        notifier.Ready(loop.Summary);
        while (!running.IsCompleted)
        {
            var signal = await NextAsync(signals, running);
            if (signal == ServiceSignal.Stop)
                break;
            if (signal == ServiceSignal.Reload)
                await ReloadAsync(read, loop, doors, notifier, complaints);
            else
                notifier.Status(loop.Summary);
        }

        notifier.Stopping("ending what runs");
        await stop.CancelAsync();
        await beating;
        await EndAsync(running, signals);
        return ExitCodes.Ok;
    }

    /// <summary>One round, and the exit code of <c>guestclock sync</c>; a signal ends it early.</summary>
    public static async Task<int> RunOnceAsync(WatchSettings settings, WatchSurroundings around, TextWriter stderr)
    {
        using var own = around.Signals is null ? new ServiceSignals() : null;
        var signals = around.Signals ?? own!.Reader;
        await using var lines = new QueuedLines(around.Output, DroppedLine, maxBytes: 64 << 20);
        await using var loop = around.CreateLoop(settings, lines);
        using var stop = new CancellationTokenSource();
        var running = Task.Run(() => loop.RunOnceAsync(stop.Token));
        while (!running.IsCompleted)
        {
            if (await NextAsync(signals, running) == ServiceSignal.Stop)
                await stop.CancelAsync();
        }

        var outcomes = await running;
        stderr.WriteLine($"guestclock: {loop.Summary}");
        return SyncExitCode.Of(outcomes);
    }

    /// <summary>The line that stands for lines that could not be written.</summary>
    internal static string DroppedLine(long count) => WatchRecordJson.Dropped(count, HostClock.Instance.RealtimeNs);

    private static string Stuck(bool isStuck) => isStuck
        ? "guestclock: standard output takes no lines (a full disk?); they are dropped, and guests recovered as before"
        : "guestclock: standard output takes lines again";

    /// <summary>Null: nothing was told for a while, or the loop has ended.</summary>
    private static async Task<ServiceSignal?> NextAsync(System.Threading.Channels.ChannelReader<ServiceSignal> signals, Task running)
    {
        using var waiting = new CancellationTokenSource(StatusEvery);
        var signalled = signals.WaitToReadAsync(waiting.Token).AsTask();
        await Task.WhenAny(signalled, running);
        await waiting.CancelAsync();
        return signals.TryRead(out var signal) ? signal : null;
    }

    /// <summary>Settings that are wrong change nothing: the old ones hold on.</summary>
    private static async Task ReloadAsync(Func<WatchSettings> read, IWatchLoop loop, WatchDoors doors, ServiceNotifier notifier, TextWriter stderr)
    {
        notifier.Reloading(HostClock.Instance);
        try
        {
            var settings = read();
            await doors.ApplyAsync(settings);
            loop.Apply(settings);
        }
        catch (Exception e) when (e is UsageException or ServingException or MalformedInputException)
        {
            stderr.WriteLine($"guestclock: the settings stay as they were: {Words.Plain(e.Message)}");
        }

        notifier.Ready(loop.Summary);
    }

    /// <summary>Waits for the loop's end, for a while, or until it is told once more to stop.</summary>
    private static async Task EndAsync(Task running, System.Threading.Channels.ChannelReader<ServiceSignal> signals)
    {
        using var limit = new CancellationTokenSource(StopLimit);
        await Task.WhenAny(running, signals.WaitToReadAsync(limit.Token).AsTask());
        await limit.CancelAsync();
        if (!running.IsCompleted)
            return;
        try
        {
            await running;
        }
        catch (OperationCanceledException)
        {
            // It was asked to.
        }
    }
}
