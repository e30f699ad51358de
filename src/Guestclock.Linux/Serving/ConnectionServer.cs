using System.Net.Sockets;

namespace Guestclock.Linux.Serving;

/// <summary>Accepts connections on a listening socket and serves each within <see cref="ConnectionLimits"/>, whatever the clients do.</summary>
internal sealed class ConnectionServer : IAsyncDisposable
{
    /// <summary>After a failed accept (no descriptor is left, say): long enough not to spin, short enough to be there again soon.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Socket _listener;
    private readonly ConnectionLimits _limits;
    private readonly Func<Socket, CancellationToken, Task> _serve;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly LinkedList<Connection> _open = new();
    private readonly Task _accepting;

    /// <param name="listener">Listens already; is disposed of with this.</param>
    /// <param name="serve">One conversation; the socket is closed after it, and what it throws is the end of that connection only.</param>
    public ConnectionServer(Socket listener, ConnectionLimits limits, Func<Socket, CancellationToken, Task> serve)
    {
        (_listener, _limits, _serve) = (listener, limits, serve);
        _accepting = Task.Run(AcceptAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        Task[] left;
        lock (_gate)
            left = [.. _open.Select(c => c.Ended.Task)];
        await Task.WhenAll(left);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Start(await _listener.AcceptAsync(_stop.Token));
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                await Task.Delay(Pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Start(Socket client)
    {
        var connection = new Connection(client, CancellationTokenSource.CreateLinkedTokenSource(_stop.Token));
        connection.Limit.CancelAfter(_limits.Time);
        Connection? oldest = null;
        lock (_gate)
        {
            if (_open.Count >= _limits.AtOnce)
            {
                oldest = _open.First!.Value;
                _open.RemoveFirst();
            }

            _open.AddLast(connection);
        }

        // The end of a connection may run right here, under nobody's lock.
        oldest?.Close();
        _ = Task.Run(() => ServeAsync(connection));
    }

    private async Task ServeAsync(Connection connection)
    {
        try
        {
            await _serve(connection.Client, connection.Limit.Token);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client went away, was too slow, or had to give way.
        }
        finally
        {
            lock (_gate)
                _open.Remove(connection);
            connection.Close();
            connection.Limit.Dispose();
            connection.Ended.SetResult();
        }
    }

    private sealed record Connection(Socket Client, CancellationTokenSource Limit)
    {
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Closing the socket ends what waits for it.</summary>
        public void Close() => Client.Dispose();
    }
}
