using System.Net;
using System.Net.Sockets;
using Guestclock.Linux.Native;
using Guestclock.Protocols.Timestamping;

namespace Guestclock.Linux.References;

/// <summary>A UDP socket to one address, whose datagrams the kernel stamps with the time when they leave and come; the kernel drops those of other addresses.</summary>
internal sealed class StampedSocket : IDisposable
{
    private const int DoNotWait = 0x40;

    private readonly Socket _socket;

    public StampedSocket(IPEndPoint server)
    {
        _socket = new(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        try
        {
            _socket.Connect(server);
        }
        catch (SocketException)
        {
            _socket.Dispose();
            throw;
        }

        AskForStamps(_socket);
    }

    public void Send(byte[] datagram) => _socket.Send(datagram);

    /// <summary>Waits until a datagram, a time stamp of what was sent or an error has come.</summary>
    public (bool Readable, bool Error) Wait(TimeSpan limit)
    {
        var events = Descriptors.Wait((int)_socket.Handle, Descriptors.ReadyToRead, Math.Max(1, (int)limit.TotalMilliseconds));
        return ((events & Descriptors.ReadyToRead) != 0, (events & Descriptors.HasError) != 0);
    }

    /// <summary>The next datagram; negative where there is none.</summary>
    /// <param name="stampNs">When it came, by the kernel; null where the kernel did not say.</param>
    public int Receive(Span<byte> buffer, out long? stampNs) => Receive(buffer, DoNotWait, out stampNs);

    /// <summary>When the last datagram left, by the kernel; null where it did not say (yet).</summary>
    public long? SentNs() => Receive([], DoNotWait | SocketTimestamps.ErrorQueue, out var stampNs) >= 0 ? stampNs : null;

    /// <summary>The error that the network told of, such as "port unreachable"; asking clears it.</summary>
    public SocketError Refusal() => (SocketError)(int)_socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;

    public void Dispose() => _socket.Dispose();

    private static void AskForStamps(Socket socket)
    {
        try
        {
            socket.SetRawSocketOption(SocketTimestamps.SocketLevel, SocketTimestamps.Timestamping, BitConverter.GetBytes(SocketTimestamps.Flags));
        }
        catch (SocketException)
        {
            // A kernel without time stamps: the program takes the times itself, and says so.
        }
    }

    private unsafe int Receive(Span<byte> buffer, int flags, out long? stampNs)
    {
        var control = stackalloc byte[SocketTimestamps.ControlBytes];
        fixed (byte* start = buffer)
        {
            var part = new MessagePart { Start = start, Bytes = (nuint)buffer.Length };
            var message = new MessageHeader { Parts = &part, PartCount = 1, Control = control, ControlBytes = SocketTimestamps.ControlBytes };
            var length = LibC.ReceiveMessage(_socket.Handle, &message, flags);
            stampNs = length < 0 ? null : SocketTimestamps.SoftwareNs(new(control, (int)message.ControlBytes));
            return (int)length;
        }
    }
}
