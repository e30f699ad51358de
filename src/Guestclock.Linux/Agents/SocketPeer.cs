using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Guestclock.Linux.Agents;

/// <summary>Who is at the other end of a unix socket.</summary>
internal static class SocketPeer
{
    // SOL_SOCKET and SO_PEERCRED of asm-generic/socket.h; struct ucred: pid, uid, gid.
    private const int Level = 1;
    private const int Credentials = 17;

    /// <summary>The user that made the socket listen (unix(7)); null where the kernel does not say.</summary>
    public static uint? UserOf(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[12];
        try
        {
            return socket.GetRawSocketOption(Level, Credentials, credentials) == credentials.Length ? MemoryMarshal.Read<uint>(credentials[4..]) : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
