using System.Diagnostics;
using System.Net;
using Guestclock.Facts;
using Guestclock.Machines;
using Guestclock.Protocols.Chrony;

namespace Guestclock.Linux.Live;

/// <summary>
/// Carries questions to the running chronyd: over its unix socket, else over UDP on the loopback. One instance serves one run: it keeps the
/// way that answered, and when chronyd has made it wait too long in all, every further question ends at once.
/// </summary>
public sealed class ChronyTransport : IAnswerer, IDisposable
{
    public const int DefaultPort = 323;

    private const string Silence = "chronyd does not answer";

    private readonly TimeSpan _tryLimit;

    private readonly Lock _gate = new();
    private readonly Queue<Func<ChronySocket?>> _ways = new();
    private ChronySocket? _socket;
    private bool _denied;
    private bool _proved;
    private bool _timedOut;
    private TimeSpan _patience;
    private (FactState State, string Why)? _givenUp;

    /// <summary>The chronyd of this machine.</summary>
    public ChronyTransport()
        : this(["/run/chrony/chronyd.sock", "/var/run/chrony/chronyd.sock"], DefaultPort, TimeSpan.FromSeconds(1))
    {
    }

    /// <param name="socketPaths">Unix sockets in the order in which they are tried.</param>
    /// <param name="port">UDP port of 127.0.0.1, then of ::1.</param>
    /// <param name="patience">How long chronyd may make this run wait in all.</param>
    public ChronyTransport(IReadOnlyList<string> socketPaths, int port, TimeSpan patience)
    {
        _patience = patience;
        _tryLimit = patience / 2;
        foreach (var path in socketPaths)
            _ways.Enqueue(() => OpenUnix(path));
        _ways.Enqueue(() => ChronySocket.OpenUdp(IPAddress.Loopback, port));
        _ways.Enqueue(() => ChronySocket.OpenUdp(IPAddress.IPv6Loopback, port));
    }

    public bool Answers(string name) => name.StartsWith(Questions.ChronyPrefix, StringComparison.Ordinal);

    public Fact<byte[]> Answer(Question question)
    {
        var request = question.Request.ToArray();
        if (request.Length < ChronyRequest.HeaderBytes)
            return Fact.Unknown<byte[]>(FactState.Failed, question.Name, "the question holds no request to chronyd");
        var started = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            var reply = _givenUp is null ? Ask(request) : null;
            var tookNs = Stopwatch.GetElapsedTime(started).Ticks * 100;
            return reply is not null
                ? Fact.Known(reply, question.Name, tookNs)
                : Fact.Unknown<byte[]>(_givenUp!.Value.State, question.Name, _givenUp.Value.Why, tookNs);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _givenUp ??= (FactState.Failed, "the way to chronyd is closed");
            _socket?.Dispose();
            _socket = null;
        }
    }

    /// <summary>The reply, or null when it was given up. The second try goes another way where the first has never answered.</summary>
    private byte[]? Ask(byte[] request)
    {
        ChronyRequest.SetSequence(request, Unpredictable.Number32());
        for (var tries = 0; tries < 2;)
        {
            if (_socket is null && !OpenNext())
                break;
            var started = Stopwatch.GetTimestamp();
            var end = _socket!.Exchange(request, _tryLimit < _patience ? _tryLimit : _patience, out var reply);
            _patience -= Stopwatch.GetElapsedTime(started);
            if (end == ChronyExchange.Replied)
            {
                _proved = true;
                return reply;
            }

            if (end == ChronyExchange.Silent)
            {
                _timedOut = true;
                tries++;
            }

            if (_patience <= TimeSpan.Zero)
                break;
            if (end == ChronyExchange.Refused || (_socket.IsUnix && !_proved))
                Leave();
        }

        GiveUp();
        return null;
    }

    private bool OpenNext()
    {
        while (_socket is null && _ways.TryDequeue(out var open))
            _socket = open();
        return _socket is not null;
    }

    private ChronySocket? OpenUnix(string path)
    {
        var socket = ChronySocket.OpenUnix(path, out var denied);
        _denied |= denied;
        return socket;
    }

    private void Leave()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private void GiveUp()
    {
        Leave();
        _givenUp = _timedOut ? (FactState.TimedOut, Silence + " within its time limit")
            : _denied ? (FactState.Denied, Silence + " over UDP, and its unix socket needs root")
            : (FactState.Missing, Silence);
    }
}
