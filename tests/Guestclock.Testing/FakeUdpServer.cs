using System.Net;
using System.Net.Sockets;

namespace Guestclock.Testing;

/// <summary>A UDP peer on the loopback that answers each datagram as it is told: with none, one or many.</summary>
public sealed class FakeUdpServer : IDisposable
{
    private readonly Socket _socket;
    private readonly Thread _thread;

    public FakeUdpServer(Func<byte[], IEnumerable<byte[]>> answer, IPAddress? address = null)
    {
        address ??= IPAddress.Loopback;
        _socket = new(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _socket.Bind(new IPEndPoint(address, 0));
        _thread = new(() => Serve(answer)) { IsBackground = true };
        _thread.Start();
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>What came in, oldest first.</summary>
    public List<byte[]> Requests { get; } = [];

    /// <summary>A port of the loopback on which nobody listens.</summary>
    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _thread.Join(TimeSpan.FromSeconds(5));
    }

    private void Serve(Func<byte[], IEnumerable<byte[]>> answer)
    {
        var buffer = new byte[65536];
        try
        {
            while (true)
            {
                EndPoint from = new IPEndPoint(_socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
                var length = _socket.ReceiveFrom(buffer, ref from);
                var request = buffer[..length];
                lock (Requests)
                    Requests.Add(request);
                foreach (var reply in answer(request))
                    SendTo(reply, from);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed: the test is over.
        }
    }

    private void SendTo(byte[] reply, EndPoint to)
    {
        try
        {
            _socket.SendTo(reply, to);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            // The client has gone; the next one may come.
        }
    }
}
