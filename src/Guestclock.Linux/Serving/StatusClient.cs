using System.Net.Sockets;

namespace Guestclock.Linux.Serving;

/// <summary>Asks the daemon behind a <see cref="StatusSocket"/>.</summary>
public static class StatusClient
{
    /// <summary>A state of 10 000 guests fits.</summary>
    private const int MaxBytes = 16 << 20;

    /// <summary>All that the daemon tells.</summary>
    /// <exception cref="ServingException">No daemon answers there.</exception>
    public static async Task<byte[]> ReadAsync(string path, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(limit);
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), time.Token);
            return await ReadAsync(socket, path, time.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ServingException($"what listens at {path} did not answer within {limit.TotalSeconds} s", e);
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            throw new ServingException(Why(e, path), e);
        }
    }

    private static async Task<byte[]> ReadAsync(Socket socket, string path, CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        var buffer = new byte[16 << 10];
        while (true)
        {
            var got = await socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);
            if (got == 0)
                return all.ToArray();
            all.Write(buffer, 0, got);
            if (all.Length > MaxBytes)
                throw new ServingException($"what listens at {path} is not guestclock watch: it tells more than {MaxBytes >> 20} MiB");
        }
    }

    private static string Why(Exception e, string path) => (e as SocketException)?.SocketErrorCode switch
    {
        // ENOENT has no name of its own there.
        SocketError.AddressNotAvailable => $"no guestclock watch runs here: there is no {path}; start it, or name its socket with --socket",
        SocketError.ConnectionRefused => $"no guestclock watch listens at {path}: it has ended without removing its socket",
        SocketError.AccessDenied => $"{path} may be read by root and the daemon's group only",
        null => $"{path} is no path of a socket: it is longer than 108 bytes",
        _ => $"guestclock watch cannot be asked at {path}: {e.Message}",
    };
}
