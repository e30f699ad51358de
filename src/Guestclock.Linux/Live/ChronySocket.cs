using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Guestclock.Protocols.Chrony;

namespace Guestclock.Linux.Live;

/// <summary>How an exchange with chronyd ended.</summary>
internal enum ChronyExchange
{
    Replied,

    /// <summary>Nobody listens there.</summary>
    Refused,

    /// <summary>No reply to this request within the limit, whatever else came.</summary>
    Silent,
}

/// <summary>
/// One open way to chronyd: its unix socket, to which it replies by the path of ours, or UDP. Nothing blocks but a wait with a limit: a
/// chronyd that reads no more lets the queue of its socket fill, and a blocking send would hang.
/// </summary>
internal sealed class ChronySocket : IDisposable
{
    /// <summary>Longer than each reply that is decoded; a datagram that fills it was cut and is ignored.</summary>
    private const int BufferBytes = 2048;

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[BufferBytes];

    /// <summary>Where our own unix socket stands, once it does.</summary>
    private string? _ownPath;

    private ChronySocket(AddressFamily family) => _socket = new(family, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };

    public bool IsUnix => _ownPath is not null;

    /// <summary>
    /// Opens a unix socket, with one of ours beside it: chronyd may write to that folder, and access rules allow the name
    /// <c>chronyc.*.sock</c>. Mode 0666, since chronyd runs as another user.
    /// </summary>
    /// <param name="denied">True when this user may not use it.</param>
    public static ChronySocket? OpenUnix(string path, out bool denied)
    {
        denied = false;
        var folder = Path.GetDirectoryName(path);
        if (!Directory.Exists(folder))
            return null;
        var ownPath = Path.Combine(folder, $"chronyc.{Environment.ProcessId}.{Unpredictable.Number32():x8}.sock");
        var opened = new ChronySocket(AddressFamily.Unix);
        try
        {
            opened._socket.Connect(new UnixDomainSocketEndPoint(path));
            opened._socket.Bind(new UnixDomainSocketEndPoint(ownPath));
            opened._ownPath = ownPath;
            AppDomain.CurrentDomain.ProcessExit += opened.Unlink;
#pragma warning disable CA1416 // This project runs on Linux only.
            File.SetUnixFileMode(ownPath, (UnixFileMode)0b110_110_110);
#pragma warning restore CA1416
            return opened;
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            denied = e is SocketException { SocketErrorCode: SocketError.AccessDenied } or UnauthorizedAccessException;
            opened.Dispose();
            return null;
        }
    }

    /// <summary>Opens UDP; null where the kernel lacks the address family.</summary>
    public static ChronySocket? OpenUdp(IPAddress address, int port)
    {
        ChronySocket? opened = null;
        try
        {
            opened = new(address.AddressFamily);
            opened._socket.Connect(new IPEndPoint(address, port));
            return opened;
        }
        catch (SocketException)
        {
            opened?.Dispose();
            return null;
        }
    }

    /// <summary>Sends the request and waits for the reply to it; other datagrams are ignored.</summary>
    public ChronyExchange Exchange(byte[] request, TimeSpan limit, out byte[] reply)
    {
        reply = [];
        var started = Stopwatch.GetTimestamp();
        try
        {
            while (!TrySend(request))
            {
                if (Left(started, limit) is var wait && (wait <= TimeSpan.Zero || !_socket.Poll(wait, SelectMode.SelectWrite)))
                    return ChronyExchange.Silent;
            }

            for (var left = limit; left > TimeSpan.Zero; left = Left(started, limit))
            {
                if (!_socket.Poll(left, SelectMode.SelectRead))
                {
                    if (_socket.IsRefused())
                        return ChronyExchange.Refused;
                    continue;
                }

                var length = _socket.Receive(_buffer, SocketFlags.None, out var error);
                if (error is not (SocketError.Success or SocketError.WouldBlock))
                    return ChronyExchange.Refused;
                if (error == SocketError.Success && length < BufferBytes && ChronyReply.Answers(request, _buffer.AsSpan(0, length)))
                {
                    reply = _buffer[..length];
                    return ChronyExchange.Replied;
                }
            }

            return ChronyExchange.Silent;
        }
        catch (SocketException)
        {
            return ChronyExchange.Refused;
        }
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= Unlink;
        Unlink(this, EventArgs.Empty);
        _socket.Dispose();
    }

    private static TimeSpan Left(long started, TimeSpan limit) => limit - Stopwatch.GetElapsedTime(started);

    /// <summary>Also at the end of a program that did not dispose of this: chronyd's folder would fill with sockets of nobody.</summary>
    private void Unlink(object? sender, EventArgs e)
    {
        try
        {
            if (_ownPath is not null)
                File.Delete(_ownPath);
        }
        catch (Exception x) when (x is IOException or UnauthorizedAccessException)
        {
            // The folder went away or changed hands meanwhile: nothing is left to clean.
        }
    }

    private bool TrySend(byte[] request)
    {
        _socket.Send(request, SocketFlags.None, out var error);
        return error switch
        {
            SocketError.Success => true,
            SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable => false,
            _ => throw new SocketException((int)error),
        };
    }
}
