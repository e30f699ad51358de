using Guestclock.Discipline;

namespace Guestclock.Linux.Watching;

/// <summary>The heart of <c>guestclock watch</c>: sources of guests, recoveries, measurements. What is around it (signals, sockets, systemd, output) is not its business.</summary>
public interface IWatchLoop : IAsyncDisposable
{
    /// <summary>Watches until it is stopped; then ends what runs and returns.</summary>
    Task RunAsync(CancellationToken cancellationToken);

    /// <summary>One round over all guests: recovers what is wrong and tells.</summary>
    /// <returns>How it ended for each guest that runs.</returns>
    Task<IReadOnlyList<RecoveryOutcome>> RunOnceAsync(CancellationToken cancellationToken);

    /// <summary>From now on these settings hold. Tells so.</summary>
    void Apply(WatchSettings settings);

    /// <summary>False: it hangs, and the service manager shall restart the program. From any thread, at once.</summary>
    bool IsAlive { get; }

    /// <summary>Why it cannot do its work just now ("libvirt is not reached yet"); null: it can. From any thread, at once.</summary>
    string? NotReady { get; }

    /// <summary>One line for the service manager: "12 guests, all right".</summary>
    string Summary { get; }

    /// <summary>The page /metrics. From any thread.</summary>
    string Metrics();

    /// <summary>The document of <c>guestclock watch status --format json</c>. From any thread.</summary>
    ReadOnlyMemory<byte> Status();
}
