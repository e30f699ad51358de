using System.Net.Sockets;
using System.Security.Cryptography;
using Guestclock.Discipline;
using Guestclock.Formats;
using Guestclock.Linux.Agents;
using Guestclock.Protocols.GuestAgent;

namespace Guestclock.Lab.Referee;

/// <summary>
/// The referee's own conversation with the second agent. It shares nothing with the methods but the wording of requests, and blocks its
/// thread, so that no scheduler of ours stands between an answer and the reading of the clock.
/// </summary>
internal sealed class RefereeChannel : IDisposable
{
    private readonly AgentLines _lines = new();
    private readonly byte[] _buffer = new byte[4096];
    private long _awaitedId;

    private RefereeChannel(string path, Socket socket)
    {
        Path = path;
        Socket = socket;
    }

    public string Path { get; }

    public Socket Socket { get; }

    /// <summary>When it was last asked to synchronise, CLOCK_MONOTONIC; 0: at once.</summary>
    public long AskedAtNs { get; set; }

    /// <summary>Null where nobody listens (yet).</summary>
    public static RefereeChannel? TryOpen(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            socket.Blocking = false;
            return new(path, socket);
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    /// <summary>Asks for a sign that the next answer belongs to the next question; a guest that stands still gives it when it runs on.</summary>
    /// <returns>False when the channel is broken.</returns>
    public bool Ask(long nowNs)
    {
        AskedAtNs = nowNs;
        _awaitedId = RandomNumberGenerator.GetInt32(int.MaxValue) + 1L;
        _lines.Clear();
        return Send(AgentRequest.LineAfterFlush(AgentRequest.SyncDelimited(_awaitedId)));
    }

    /// <summary>Takes in what has come; true when the sign is among it, null when the channel is broken.</summary>
    public bool? TakeSign()
    {
        if (!Receive())
            return null;
        while (_lines.TryTake(out var line))
        {
            if (line.IsDelimited && Parse(line)?.Number == _awaitedId)
                return true;
        }

        return false;
    }

    /// <summary>One bracketed reading of the guest's clock; null when there was no usable answer within the limit.</summary>
    public ClockBracket? Read(IHostClock clock, TimeSpan limit)
    {
        var request = AgentRequest.Line(AgentRequest.GetTime);
        var (before, sent) = (clock.RealtimeNs, clock.MonotonicNs);
        if (!Send(request))
            return null;
        while (true)
        {
            var left = limit - TimeSpan.FromMicroseconds((clock.MonotonicNs - sent) / 1000);
            if (left <= TimeSpan.Zero || !Socket.Poll(left, SelectMode.SelectRead) || !Receive())
                return null;
            var (received, after) = (clock.MonotonicNs, clock.RealtimeNs);
            if (_lines.TryTake(out var line))
                return Parse(line)?.Number is { } guest ? new(before, guest, after, received - sent) : null;
        }
    }

    public void Dispose() => Socket.Dispose();

    private static AgentReply? Parse(AgentLine line)
    {
        try
        {
            return AgentReply.Parse(line.Json);
        }
        catch (MalformedInputException)
        {
            return null;
        }
    }

    private bool Send(byte[] bytes)
    {
        try
        {
            return Socket.Send(bytes, SocketFlags.None, out var error) == bytes.Length || error == SocketError.WouldBlock;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private bool Receive()
    {
        try
        {
            var count = Socket.Receive(_buffer, SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock)
                return true;
            if (error != SocketError.Success || count == 0)
                return false;
            _lines.Add(_buffer.AsSpan(0, count));
            return true;
        }
        catch (Exception e) when (e is SocketException or MalformedInputException)
        {
            return false;
        }
    }
}
