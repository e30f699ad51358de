using System.Threading.Channels;
using Guestclock.Linux.Native;
using Guestclock.Linux.Services;
using Guestclock.Linux.Watching;

namespace Guestclock.Cli.Daemon;

/// <summary>What the daemon stands in; a test gives its own.</summary>
/// <param name="CreateLoop">Makes the heart; it tells its lines to the sink.</param>
/// <param name="Output">Takes lines; returns how many bytes it took.</param>
internal sealed record WatchSurroundings(Func<WatchSettings, ILineSink, IWatchLoop> CreateLoop, Func<ReadOnlyMemory<byte>, int> Output)
{
    /// <summary>Null: the process's own.</summary>
    public ChannelReader<ServiceSignal>? Signals { get; init; }

    public ServiceNotifier? Notifier { get; init; }

    public static WatchSurroundings Real { get; } = new(
        (settings, lines) => new WatchLoop(settings, lines, WatchEnvironment.Host(App.Version)), StandardStreams.WriteOutput);
}
