using System.Net.Sockets;
using System.Text;
using Guestclock.Protocols.GuestAgent;

namespace Guestclock.Lab.Methods;

/// <summary>A guest agent without any of our care: a line is sent, and perhaps a line comes back.</summary>
internal sealed class PlainAgent : IDisposable
{
    private const int MostBytes = 4096;
    private readonly Socket _socket;

    private PlainAgent(Socket socket) => _socket = socket;

    public static async Task<PlainAgent> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Send(string request) => _socket.Send(AgentRequest.Line(request));

    /// <summary>The answer as it came; empty when none came within the limit.</summary>
    public async Task<string> AnswerAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(limit);
        var buffer = new byte[MostBytes];
        try
        {
            return Encoding.UTF8.GetString(buffer, 0, await _socket.ReceiveAsync(buffer, SocketFlags.None, end.Token)).Trim();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "";
        }
    }

    public void Dispose() => _socket.Dispose();
}
