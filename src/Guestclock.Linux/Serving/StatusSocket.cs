using System.Net.Sockets;
using Guestclock.Linux.Native;
using Guestclock.Machines;

namespace Guestclock.Linux.Serving;

/// <summary>A unix socket that tells each client that connects the state of this daemon, closes, and never reads: nobody can ask it for more.</summary>
public sealed class StatusSocket : IAsyncDisposable
{
    // Root (or whoever runs the daemon) and its group.
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private readonly string _path;
    private readonly ConnectionServer _server;

    private StatusSocket(string path, Socket listener, Func<ReadOnlyMemory<byte>> status, ConnectionLimits limits)
    {
        _path = path;
        _server = new(listener, limits, (client, stop) => TellAsync(client, status(), stop));
    }

    /// <summary>
    /// Takes the place of a socket whose daemon is dead, never that of a living one. The socket gets its name only once it has its mode and
    /// listens, so nobody finds it half made.
    /// </summary>
    /// <exception cref="ServingException">The daemon runs already, or the socket cannot be made there.</exception>
    public static StatusSocket Start(string path, Func<ReadOnlyMemory<byte>> status, ConnectionLimits? limits = null)
    {
        RefuseUnlessFree(path);
        var unfinished = $"{path}.{Environment.ProcessId}";
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
                Directory.CreateDirectory(folder);
            File.Delete(unfinished);
            listener.Bind(new UnixDomainSocketEndPoint(unfinished));
#pragma warning disable CA1416 // This project runs on Linux only.
            File.SetUnixFileMode(unfinished, Mode);
#pragma warning restore CA1416
            listener.Listen(16);
            File.Move(unfinished, path, overwrite: true);
            return new(path, listener, status, limits ?? ConnectionLimits.Default);
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            listener.Dispose();
            Remove(unfinished);
            throw new ServingException($"cannot make the status socket {path}: {Why(e)}; choose another place with --status-socket, or none", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Remove(_path);
        await _server.DisposeAsync();
    }

    private static void RefuseUnlessFree(string path)
    {
        if (FileStatus.Get(LibC.WorkingDirectory, path, false, out var found) != 0)
            return;
        if (found.Kind != EntryKind.Socket)
            throw new ServingException($"the status socket {path} is {FileStatus.Describe(found.Kind)}: remove it, or choose another place with --status-socket");
        try
        {
            using var other = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
            other.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException e) when (e.SocketErrorCode is not (SocketError.WouldBlock or SocketError.AccessDenied))
        {
            return;
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            // Somebody's all the same: its queue is full, or it is not ours to look at.
        }

        throw new ServingException($"guestclock watch is already running: its status socket {path} is in use");
    }

    private static string Why(Exception e) => e switch
    {
        UnauthorizedAccessException or SocketException { SocketErrorCode: SocketError.AccessDenied } => "permission denied",
        ArgumentException => "the path is longer than a socket's may be (108 bytes)",
        _ => e.Message,
    };

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Left behind; the next start takes its place.
        }
    }

    private static async Task TellAsync(Socket client, ReadOnlyMemory<byte> status, CancellationToken stop)
    {
        for (var rest = status; rest.Length > 0;)
            rest = rest[await client.SendAsync(rest, SocketFlags.None, stop)..];
        client.Shutdown(SocketShutdown.Send);
    }
}
