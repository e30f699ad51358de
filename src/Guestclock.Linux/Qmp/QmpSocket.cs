using System.Net.Sockets;

namespace Guestclock.Linux.Qmp;

/// <summary>Connects to a unix socket, and says in one sentence why that cannot be.</summary>
internal static class QmpSocket
{
    /// <exception cref="QmpException">It cannot be.</exception>
    public static async Task<Socket> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw Refusal(path, e);
        }
        catch (ArgumentException e)
        {
            socket.Dispose();
            throw new QmpException(QmpProblem.Missing, $"{path}: no path of a unix socket, which has 1 to 107 bytes", e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A queue that is full answers EAGAIN at once: others wait there already for a monitor that serves one.</summary>
    private static QmpException Refusal(string path, SocketException e) => e.SocketErrorCode switch
    {
        SocketError.WouldBlock or SocketError.TryAgain => new(QmpProblem.Silent, $"{path}: another client holds this monitor, and others wait for it", e),
        SocketError.AccessDenied => new(QmpProblem.Denied, $"{path}: permission denied", e),
        SocketError.ConnectionRefused => new(QmpProblem.Refused, $"{path}: nobody listens there", e),
        _ when !File.Exists(path) => new(QmpProblem.Missing, $"{path}: no such socket", e),
        SocketError.ProtocolType => new(QmpProblem.Foreign, $"{path}: not a socket of the stream type", e),
        _ => new(QmpProblem.Refused, $"{path}: {e.Message}", e),
    };
}
