using System.Net;
using System.Net.Sockets;
using Guestclock.Formats;
using Guestclock.Protocols.Http;

namespace Guestclock.Linux.Serving;

/// <summary>
/// Answers GET and HEAD over HTTP, one request a connection: enough for Prometheus and for probes of health. No more is here on purpose
/// (docs/dependencies.md says what a web server would have cost).
/// </summary>
public sealed class HttpResponder : IAsyncDisposable
{
    private const int DrainBytes = 64 << 10;
    private static readonly TimeSpan DrainTime = TimeSpan.FromMilliseconds(500);

    private readonly ConnectionServer _server;
    private readonly Func<string, HttpAnswer?> _answer;

    private HttpResponder(Socket listener, Func<string, HttpAnswer?> answer, ConnectionLimits limits)
    {
        Address = (IPEndPoint)listener.LocalEndPoint!;
        _answer = answer;
        _server = new(listener, limits, ServeAsync);
    }

    /// <summary>Where it listens; the port is the real one also where 0 was asked for.</summary>
    public IPEndPoint Address { get; }

    /// <param name="answer">The answer for a path; null: there is no such page. Is called by several connections at once.</param>
    /// <exception cref="ServingException">The address cannot be listened on.</exception>
    public static HttpResponder Start(IPEndPoint address, Func<string, HttpAnswer?> answer, ConnectionLimits? limits = null)
    {
        Socket? listener = null;
        try
        {
            listener = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(address);
            listener.Listen(128);
            return new(listener, answer, limits ?? ConnectionLimits.Default);
        }
        catch (SocketException e)
        {
            listener?.Dispose();
            throw new ServingException($"cannot listen on {address}: {Why(e, address)}", e);
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static string Why(SocketException e, IPEndPoint address) => e.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "another program uses the port; choose another with --listen",
        SocketError.AddressNotAvailable => "this machine does not have that address",
        SocketError.AddressFamilyNotSupported => "this machine has no such network protocol",
        SocketError.AccessDenied when address.Port < 1024 => "ports below 1024 need root or CAP_NET_BIND_SERVICE",
        _ => e.Message,
    };

    private async Task ServeAsync(Socket client, CancellationToken stop)
    {
        var buffer = new byte[HttpRequestHead.MaxBytes];
        var length = 0;
        int end;
        while ((end = HttpRequestHead.EndOf(buffer.AsSpan(0, length))) < 0 && length < buffer.Length)
        {
            var got = await client.ReceiveAsync(buffer.AsMemory(length), SocketFlags.None, stop);
            if (got == 0)
                return;
            length += got;
        }

        var answer = end < 0
            ? HttpAnswer.Text(431, $"the head of a request is at most {HttpRequestHead.MaxBytes} bytes").ToBytes(false)
            : AnswerTo(buffer.AsSpan(0, end));
        for (var sent = 0; sent < answer.Length;)
            sent += await client.SendAsync(answer.AsMemory(sent), SocketFlags.None, stop);
        await CloseAsync(client, buffer, stop);
    }

    private byte[] AnswerTo(ReadOnlySpan<byte> bytes)
    {
        HttpRequestHead head;
        try
        {
            head = HttpRequestHead.Parse(bytes);
        }
        catch (MalformedInputException e)
        {
            return HttpAnswer.Text(400, e.Message).ToBytes(false);
        }

        if (head.Method is not ("GET" or "HEAD"))
            return HttpAnswer.Text(405, "only GET and HEAD are answered here").ToBytes(false);
        return (_answer(head.Path) ?? HttpAnswer.Text(404, "there is no such page")).ToBytes(head.Method == "HEAD");
    }

    /// <summary>
    /// What the client still sends is read and thrown away for a moment: closing a socket with unread bytes resets the connection, and the
    /// client would lose the answer (RFC 9112, section 9.6).
    /// </summary>
    private static async Task CloseAsync(Socket client, byte[] buffer, CancellationToken stop)
    {
        client.Shutdown(SocketShutdown.Send);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(DrainTime);
        for (var left = DrainBytes; left > 0;)
        {
            var got = await client.ReceiveAsync(buffer, SocketFlags.None, limit.Token);
            if (got == 0)
                return;
            left -= got;
        }
    }
}
