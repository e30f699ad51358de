using System.Net;
using System.Net.Sockets;
using Guestclock.Linux.Native;
using Guestclock.Protocols.Timestamping;

namespace Guestclock.Linux.References;

/// <summary>A UDP socket to one address, whose datagrams the kernel stamps with the time when they leave and come; the kernel drops those of other addresses.</summary>
internal sealed class StampedSocket : IDisposable
{
    // poll.h
    private const int ReadyToRead = 1;
    private const int Error = 8;
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
    public unsafe (bool Readable, bool Error) Wait(TimeSpan limit)
    {
        var waiting = stackalloc int[2];
        (waiting[0], waiting[1]) = ((int)_socket.Handle, ReadyToRead);
        if (LibC.Poll(waiting, 1, Math.Max(1, (int)limit.TotalMilliseconds)) <= 0)
            return (false, false);
        var events = waiting[1] >> 16;
        return ((events & ReadyToRead) != 0, (events & Error) != 0);
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
