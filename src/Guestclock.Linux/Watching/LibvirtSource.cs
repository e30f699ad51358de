using System.Threading.Channels;
using Guestclock.Discipline.Watch;
using Guestclock.Linux.Agents;
using Guestclock.Linux.Libvirt;

namespace Guestclock.Linux.Watching;

/// <summary>The domains of one libvirt. A daemon that is not there yet, or restarts, is waited for.</summary>
/// <param name="told">Told each time that the connection is lost or cannot be made, in words; null when it stands again.</param>
public sealed class LibvirtSource(string uri, IHostClock clock, Action<string?>? told = null) : IGuestSource, IDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private readonly LibvirtPool _pool = new(uri);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public string Name => $"libvirt {uri}";

    public async Task RunAsync(ChannelWriter<GuestEvent> events, CancellationToken cancellationToken)
    {
        var wait = FirstWait;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var connection = await LibvirtConnection.OpenAsync(uri, cancellationToken);
                wait = FirstWait;
                await FollowAsync(connection, events, cancellationToken);
                told?.Invoke("the connection was lost");
            }
            catch (AgentException e)
            {
                told?.Invoke(e.Message);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            // A daemon that restarts is back within a second; one that is not installed need not be asked often.
            await Task.Delay(wait, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }
    }

    public Task<IGuestAgent> OpenAgentAsync(string guest, CancellationToken cancellationToken) =>
        Task.FromResult<IGuestAgent>(new LibvirtAgent(_pool, guest, clock));

    /// <summary>The second agent of a guest that has one, by its own socket; null where there is none.</summary>
    public Task<IGuestAgent?> OpenProverAsync(string guest, CancellationToken cancellationToken) =>
        LibvirtProver.OpenAsync(_pool, guest, clock, cancellationToken);

    public void Dispose() => _pool.Dispose();

    private async Task FollowAsync(LibvirtConnection connection, ChannelWriter<GuestEvent> events, CancellationToken cancellationToken)
    {
        // Events first and the list second: what happens between the two is told twice rather than never.
        var queue = Channel.CreateUnbounded<GuestEvent>();
        await connection.SubscribeAsync(queue.Writer, cancellationToken);
        await FindAsync(connection, events, cancellationToken);
        told?.Invoke(null);
        _ = connection.Closed.ContinueWith(_ => queue.Writer.TryComplete(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await foreach (var happened in queue.Reader.ReadAllAsync(cancellationToken))
        {
            if (happened.Kind == GuestEventKind.Gone)
                _known.Remove(happened.Guest);
            else
                _known.Add(happened.Guest);
            await events.WriteAsync(happened, cancellationToken);
        }
    }

    private async Task FindAsync(LibvirtConnection connection, ChannelWriter<GuestEvent> events, CancellationToken cancellationToken)
    {
        var active = (await connection.ListAsync(cancellationToken)).Where(g => g.IsActive).ToArray();
        foreach (var gone in _known.Except(active.Select(g => g.Name), StringComparer.Ordinal).ToArray())
        {
            _known.Remove(gone);
            await events.WriteAsync(new(gone, GuestEventKind.Gone, clock.MonotonicNs, "not there any more"), cancellationToken);
        }

        foreach (var guest in active)
        {
            _known.Add(guest.Name);
            var kind = guest.IsRunning ? GuestEventKind.Found : GuestEventKind.Paused;
            await events.WriteAsync(new(guest.Name, kind, clock.MonotonicNs, "found"), cancellationToken);
        }
    }
}
