using System.Net.Sockets;

namespace Guestclock.Linux.Tests.Qmp;

/// <summary>Something that listens on a unix socket and is no QEMU: says what it is told to say to each who connects, and keeps the connection.</summary>
internal sealed class FakeListener : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly List<Socket> _clients = [];

    /// <param name="says">Again and again when <paramref name="endless"/>.</param>
    /// <param name="then">After something was asked.</param>
    public FakeListener(string path, byte[] says, bool endless = false, bool hangsUp = false, byte[]? then = null)
    {
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen(16);
        _ = AcceptAsync(says, endless, hangsUp, then);
    }

    public void Dispose()
    {
        _listener.Dispose();
        lock (_clients)
            _clients.ForEach(c => c.Dispose());
    }

    private async Task AcceptAsync(byte[] says, bool endless, bool hangsUp, byte[]? then)
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptAsync();
                lock (_clients)
                    _clients.Add(client);
                _ = SayAsync(client, says, endless, hangsUp, then);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }

    private static async Task SayAsync(Socket client, byte[] says, bool endless, bool hangsUp, byte[]? then)
    {
        try
        {
            do
            {
                _ = await client.SendAsync(says);
            }
            while (endless);
            if (then is not null)
            {
                _ = await client.ReceiveAsync(new byte[4096]);
                _ = await client.SendAsync(then);
            }

            if (hangsUp)
                client.Dispose();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The other end has had enough.
        }
    }
}
