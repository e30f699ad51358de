using System.Net.Sockets;

namespace Guestclock.Linux.Live;

/// <summary>What the transports need of a connected datagram socket.</summary>
internal static class DatagramSockets
{
    /// <summary>
    /// Whether the network told of an error, such as ICMP "port unreachable". A poll for reading ends early on it and says that nothing
    /// can be read; receiving would throw, which is the slow way on a machine where nobody listens. Asking clears the error.
    /// </summary>
    public static bool IsRefused(this Socket socket) =>
        socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error) is not (null or 0);
}
