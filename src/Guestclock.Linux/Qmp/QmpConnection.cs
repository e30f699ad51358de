using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Channels;
using Guestclock.Formats;
using Guestclock.Linux.Agents;
using Guestclock.Protocols.Qmp;

namespace Guestclock.Linux.Qmp;

/// <summary>
/// A conversation with QEMU's monitor over its unix socket. A monitor serves one client: while this is open no other gets an answer there.
/// Commands may be asked from several threads; answers are matched by their id, since events come between.
/// </summary>
public sealed class QmpConnection : IAsyncDisposable
{
    private static readonly TimeSpan CommandLimit = TimeSpan.FromSeconds(5);

    private readonly string _path;
    private readonly Socket _socket;
    private readonly QmpLines _lines = new();
    private readonly byte[] _read = new byte[4096];
    private readonly QmpEventQueue _events = new();
    private readonly QmpQuestions _questions;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource<QmpGreeting> _greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private bool _disposed;

    private QmpConnection(string path, Socket socket)
    {
        (_path, _socket, _questions) = (path, socket, new(path));
        User = SocketPeer.UserOf(socket);
        _reading = ReadAsync();
    }

    /// <summary>As whom QEMU (or whoever made its socket) runs; null where the kernel does not say.</summary>
    public uint? User { get; }

    /// <summary>Which QEMU this is.</summary>
    public QmpGreeting Greeting => _greeted.Task.Result;

    /// <summary>
    /// What happened, in order, since capabilities were negotiated. It ends with the connection. Vital events are never left out
    /// (<see cref="QmpEvent.IsVital"/>): rather than that the connection ends.
    /// </summary>
    public ChannelReader<QmpEvent> Events => _events.Reader;

    /// <summary>Completes, never with an error, when the connection has ended for whatever reason.</summary>
    public Task Closed => _reading;

    /// <summary>Why it ended; null while it is open or when we closed it.</summary>
    public QmpException? ClosedBecause { get; private set; }

    /// <summary>Connects, waits for the greeting and negotiates capabilities (none).</summary>
    /// <param name="limit">Of all that; infinite waits in QEMU's queue until another client has left.</param>
    /// <exception cref="QmpException">There is no QEMU, or another client holds it.</exception>
    public static async Task<QmpConnection> ConnectAsync(string path, TimeSpan limit, CancellationToken cancellationToken = default)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (limit != Timeout.InfiniteTimeSpan)
            deadline.CancelAfter(limit);
        QmpConnection? connection = null;
        try
        {
            connection = new(path, await QmpSocket.ConnectAsync(path, deadline.Token));
            await connection._greeted.Task.WaitAsync(deadline.Token);
            await connection.ExecuteAsync("qmp_capabilities", cancellationToken: deadline.Token);
            return connection;
        }
        catch (Exception e)
        {
            if (connection is not null)
                await connection.DisposeAsync();
            if (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
                throw new QmpException(QmpProblem.Silent, $"{path}: no greeting within {limit.TotalSeconds:0.#} s: another client holds this monitor, or it is no QMP socket", e);
            throw;
        }
    }

    /// <summary>Asks QEMU one thing and returns its answer.</summary>
    /// <param name="argumentsJson">An object; <see cref="QmpCommand.Arguments"/> writes one.</param>
    /// <param name="limit">5 s unless told.</param>
    /// <exception cref="QmpException">QEMU refused (Class and Description say why), gave no answer in time, or is gone.</exception>
    public async Task<JsonElement> ExecuteAsync(string command, string argumentsJson = "", TimeSpan? limit = null, CancellationToken cancellationToken = default)
    {
        var wait = limit ?? CommandLimit;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (wait != Timeout.InfiniteTimeSpan)
            deadline.CancelAfter(wait);
        var question = _questions.Ask(command);
        try
        {
            await SendAsync(QmpCommand.Encode(command, argumentsJson, question.Id), deadline.Token);
            return await question.Answer.WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new QmpException(QmpProblem.TimedOut, $"{_path}: QEMU did not answer {command} within {wait.TotalSeconds:0.#} s", e);
        }
        finally
        {
            _questions.Forget(question.Id);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await _end.CancelAsync();
        _socket.Dispose();
        await _reading;
        // Others may be about to ask; they are told that it has ended. Neither _end nor _sending holds anything that had to be disposed of.
    }

    private async Task SendAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            // Half a line would spoil the next one, so it goes out whole or the connection ends.
            for (var sent = 0; sent < line.Length;)
            {
                try
                {
                    sent += await _socket.SendAsync(line[sent..], cancellationToken);
                }
                catch (OperationCanceledException) when (sent > 0)
                {
                    await _end.CancelAsync();
                    throw;
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw HungUp(e);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task ReadAsync()
    {
        QmpException? because = null;
        try
        {
            while (await _socket.ReceiveAsync(_read, _end.Token) is var length and > 0)
                Take(_read.AsSpan(0, length), HostClock.Instance.MonotonicNs);
            because = HungUp();
        }
        catch (MalformedInputException e)
        {
            because = new(QmpProblem.Foreign, $"{_path}: {e.Message}", e);
        }
        catch (QmpException e)
        {
            because = e;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            because = HungUp(e);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whoever waits for events or answers must hear of the end, whatever it was.
            because = new(QmpProblem.Foreign, $"{_path}: {e.GetType().Name}: {e.Message}", e);
        }

        ClosedBecause = _disposed ? null : because;
        _socket.Dispose();
        _ = _greeted.TrySetException(because);
        _ = _greeted.Task.Exception;
        _questions.Close(because);
        _events.Close();
    }

    private void Take(ReadOnlySpan<byte> bytes, long arrivedNs)
    {
        _lines.Append(bytes);
        while (_lines.TryNext(out var line))
        {
            switch (QmpDecoder.Decode(line, arrivedNs))
            {
                case QmpGreeting greeting:
                    _ = _greeted.TrySetResult(greeting);
                    break;
                case QmpMessage when !_greeted.Task.IsCompleted:
                    throw new MalformedInputException("the first line is no greeting of QMP");
                case QmpEvent told:
                    if (!_events.TryAdd(told))
                        throw new QmpException(QmpProblem.Overrun, $"{_path}: {QmpEventQueue.Most} events wait unread");
                    break;
                case QmpReply reply:
                    _questions.Settle(reply);
                    break;
                case QmpFailure failure:
                    _questions.Settle(failure);
                    break;
            }
        }
    }

    private QmpException HungUp(Exception? inner = null) => new(QmpProblem.HungUp, $"{_path}: QEMU has closed the connection", inner);
}
