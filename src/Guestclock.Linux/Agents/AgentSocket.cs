using System.Net.Sockets;
using Guestclock.Discipline;
using Guestclock.Formats;
using Guestclock.Linux.Live;
using Guestclock.Linux.Native;
using Guestclock.Machines;
using Guestclock.Protocols.GuestAgent;

namespace Guestclock.Linux.Agents;

/// <summary>
/// A guest agent behind the unix socket of a QEMU character device. qemu-ga that has an answer for somebody who has left tries to write it
/// without a rest until somebody comes (qga/channel-posix.c; one CPU of the guest at 100 %): so the reply to a set is waited for before leaving.
/// </summary>
public sealed class AgentSocket : IGuestAgent
{
    /// <summary>
    /// An answer within this is waited for on this thread, so that no scheduler stands between its arrival and the reading of the clock;
    /// later ones cost their bound some 0.1 ms.
    /// </summary>
    private static readonly TimeSpan Watched = TimeSpan.FromMilliseconds(4);

    /// <summary>Since a set was sent: hwclock takes a second.</summary>
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(50);

    /// <summary>Lines that are no answers, before it is clear that this is no agent.</summary>
    private const int MostNonsense = 20;

    /// <summary>Taken in for one question: what may wait from earlier conversations in the buffers of a socket and of QEMU, and more than any answer.</summary>
    private const int MostBytes = 512 << 10;

    private readonly Socket _socket;
    private readonly IHostClock _clock;
    private readonly AgentLines _lines = new();
    private readonly byte[] _buffer = new byte[4096];
    private bool _hasAnswered;

    /// <summary>Since the last question.</summary>
    private int _bytes;

    /// <summary>A line without end, or lines without end: nothing more is read from this socket.</summary>
    private bool _isBroken;

    /// <summary>Of a set whose reply has not come.</summary>
    private Deadline? _setReply;

    private volatile bool _isReading;

    private AgentSocket(Socket socket, IHostClock clock)
    {
        _socket = socket;
        _clock = clock;
    }

    /// <exception cref="AgentException">There is no such socket, nobody listens, or we may not.</exception>
    public static Task<AgentSocket> ConnectAsync(string path, IHostClock clock, TimeSpan limit, CancellationToken cancellationToken) =>
        ConnectAsync(path, clock, limit, null, cancellationToken);

    /// <param name="user">Who must be at the other end, where the path was told by somebody who is not to lead us to the sockets of others; null: anybody.</param>
    internal static async Task<AgentSocket> ConnectAsync(string path, IHostClock clock, TimeSpan limit, uint? user, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), deadline.Token);
            if (user is not null && SocketPeer.UserOf(socket) != user)
                throw new AgentException(AgentFailure.Denied, $"{path} belongs to another user than the QEMU that names it: nothing was sent there");
            return new(socket, clock);
        }
        catch (Exception e)
        {
            socket.Dispose();
            throw e switch
            {
                SocketException s => Refused(s, path),
                ArgumentException => new AgentException(AgentFailure.NoGuest, $"{path} is too long for the path of a socket", e),
                OperationCanceledException when !cancellationToken.IsCancellationRequested =>
                    new AgentException(AgentFailure.Busy, $"{path} did not take the connection within {limit.TotalSeconds:0.#} s", e),
                _ => e,
            };
        }
    }

    public async Task SynchronizeAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var deadline = new Deadline(limit);
        _lines.Clear();
        var id = (long)(Unpredictable.Number64() >> 1);
        Send(AgentRequest.LineAfterFlush(AgentRequest.SyncDelimited(id)));
        AgentException? nonsense = null;
        for (var lines = 0; ;)
        {
            try
            {
                var line = await LineAsync(deadline, cancellationToken);
                if (Parse(line).Number == id && line.IsDelimited)
                    break;
            }
            catch (AgentException e) when (e.Failure == AgentFailure.Malformed && !_isBroken && ++lines < MostNonsense)
            {
                // The rest of an answer to somebody else; if nothing better comes, it is what there is to say.
                nonsense ??= e;
            }
            catch (AgentException e) when (nonsense is not null && e.Failure is AgentFailure.AgentNotRunning or AgentFailure.Busy)
            {
                throw nonsense;
            }
        }

        _hasAnswered = true;
        _setReply = null;
    }

    public async Task<ClockBracket> ReadTimeAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var request = AgentRequest.Line(AgentRequest.GetTime);
        var (before, sent) = (_clock.RealtimeNs, _clock.MonotonicNs);
        Send(request);
        var deadline = new Deadline(limit);
        var line = await LineAsync(deadline, cancellationToken);
        var (received, after) = (_clock.MonotonicNs, _clock.RealtimeNs);
        var reply = await CheckedAsync(Parse(line), deadline, cancellationToken);
        return reply.Number is { } guest
            ? new(before, guest, after, received - sent)
            : throw new AgentException(AgentFailure.Malformed, "the agent's answer to guest-get-time is no whole number");
    }

    public Task BeginSetTimeAsync(long aheadNs, CancellationToken cancellationToken)
    {
        Send(AgentRequest.Line(AgentRequest.SetTime(_clock.RealtimeNs + aheadNs)));
        _setReply = new(LeaveLimit);
        return Task.CompletedTask;
    }

    public async Task FinishSetTimeAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var deadline = new Deadline(limit);
        var line = await LineAsync(deadline, cancellationToken);
        _setReply = null;
        await CheckedAsync(Parse(line), deadline, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_setReply is { } deadline && !_isBroken && !_isReading)
            {
                await LineAsync(deadline, CancellationToken.None);
                // Answers to what was asked after the set follow at once.
                while (deadline.Left > TimeSpan.Zero)
                    await LineAsync(new(deadline.Shorter(Quiet)), CancellationToken.None);
            }
        }
        catch (AgentException)
        {
            // Nothing more is to come, or it had its time.
        }

        _socket.Dispose();
    }

    private static AgentException Refused(SocketException e, string path) => e.SocketErrorCode switch
    {
        SocketError.AccessDenied => new(AgentFailure.Denied, $"{path}: permission denied", e),
        SocketError.ConnectionRefused when !IsSocket(path) => new(AgentFailure.NoGuest, $"{path} is no socket", e),
        SocketError.ConnectionRefused => new(AgentFailure.NotRunning, $"nobody listens on {path}", e),
        SocketError.AddressNotAvailable or SocketError.HostNotFound => new(AgentFailure.NoGuest, $"there is no {path}", e),
        SocketError.WouldBlock or SocketError.TryAgain => new(AgentFailure.Busy, $"another client holds {path}, and others wait for it", e),
        _ => new(AgentFailure.NoGuest, $"{path}: {e.Message}", e),
    };

    private static bool IsSocket(string path) => FileStatus.Get(LibC.WorkingDirectory, path, true, out var found) != 0 || found.Kind == EntryKind.Socket;

    private static AgentReply Parse(AgentLine line)
    {
        try
        {
            return AgentReply.Parse(line.Json);
        }
        catch (MalformedInputException e)
        {
            throw new AgentException(AgentFailure.Malformed, e.Message, e);
        }
    }

    /// <summary>Turns a refusal into an exception that says whose fault it is.</summary>
    private async Task<AgentReply> CheckedAsync(AgentReply reply, Deadline deadline, CancellationToken cancellationToken)
    {
        if (reply.Error is not { } error)
            return reply;
        var failure = AgentRefusal.Of(error);
        // Agents before QEMU 7.1 word a frozen guest as a blocked command.
        if (failure == AgentFailure.Blocked && await IsFrozenAsync(deadline, cancellationToken))
            failure = AgentFailure.Frozen;
        throw new AgentException(failure, error.Description);
    }

    private async Task<bool> IsFrozenAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        try
        {
            Send(AgentRequest.Line(AgentRequest.FreezeStatus));
            return Parse(await LineAsync(deadline, cancellationToken)).Text == "frozen";
        }
        catch (AgentException)
        {
            return false;
        }
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        if (_isBroken)
            throw new AgentException(AgentFailure.Malformed, "the agent has talked without end");
        _bytes = 0;
        try
        {
            _socket.Blocking = false;
            if (_socket.Send(bytes, SocketFlags.None, out var error) == bytes.Length)
                return;
            throw error is SocketError.Success or SocketError.WouldBlock
                ? Silent("it takes no more requests")
                : new AgentException(AgentFailure.HungUp, "the channel was closed");
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw new AgentException(AgentFailure.HungUp, "the channel was closed", e);
        }
    }

    private async Task<AgentLine> LineAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        AgentLine? line;
        _isReading = true;
        try
        {
            while (!_lines.TryTake(out line))
            {
                var count = await ReceiveAsync(deadline, cancellationToken);
                if (count == 0)
                    throw new AgentException(AgentFailure.HungUp, "the channel was closed");
                _bytes += count;
                if (_bytes > MostBytes)
                    throw new MalformedInputException($"guest agent: more than {MostBytes} bytes, and no answer among them");
                _lines.Add(_buffer.AsSpan(0, count));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw new AgentException(AgentFailure.HungUp, "the channel was closed", e);
        }
        catch (MalformedInputException e)
        {
            _isBroken = true;
            throw new AgentException(AgentFailure.Malformed, e.Message, e);
        }
        finally
        {
            _isReading = false;
        }

        return line;
    }

    private async Task<int> ReceiveAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (deadline.Left <= TimeSpan.Zero)
            throw Silent(deadline.Sentence);
        // Once for each question: a guest that sends byte by byte shall not hold a thread.
        if (Watched - deadline.Elapsed is { } watched && watched > TimeSpan.Zero && _socket.Poll(deadline.Shorter(watched), SelectMode.SelectRead))
            return _socket.Receive(_buffer);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(deadline.Shorter(TimeSpan.MaxValue));
        try
        {
            return await _socket.ReceiveAsync(_buffer, SocketFlags.None, end.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Silent(deadline.Sentence);
        }
    }

    private AgentException Silent(string detail) => new(_hasAnswered ? AgentFailure.Busy : AgentFailure.AgentNotRunning, detail);
}
