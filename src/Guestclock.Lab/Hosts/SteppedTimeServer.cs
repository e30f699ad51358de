using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Guestclock.Linux.Agents;

namespace Guestclock.Lab.Hosts;

/// <summary>
/// An NTP server on this machine's loopback that tells the time of a clock that may be stepped. chronyd under libfaketime cannot do that:
/// it takes the kernel's stamps of what it receives, which nobody shifts.
/// </summary>
internal sealed class SteppedTimeServer : IAsyncDisposable
{
    private const int PacketBytes = 48;
    private const long EpochS = 2_208_988_800; // From 1900 to 1970.
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly IHostClock _clock;
    private readonly Thread _thread;

    private SteppedTimeServer(IHostClock clock)
    {
        _clock = clock;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _thread = new Thread(Serve) { IsBackground = true, Name = "time server" };
        _thread.Start();
    }

    /// <summary>Its UDP port on 127.0.0.1; a guest reaches it at 10.0.2.2.</summary>
    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public static SteppedTimeServer Start(IHostClock clock) => new(clock);

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _thread.Join();
        return ValueTask.CompletedTask;
    }

    /// <summary>The answer to a client's packet (RFC 5905, 7.3); false: it is none.</summary>
    /// <param name="receivedNs">The clock when it came, ns since 1970.</param>
    internal static bool TryAnswer(ReadOnlySpan<byte> question, Span<byte> answer, long receivedNs)
    {
        if (question.Length < PacketBytes || (question[0] & 7) != 3 || (question[0] >> 3 & 7) is < 3 or > 4)
            return false;
        answer[..PacketBytes].Clear();
        answer[0] = (byte)(question[0] & 0x38 | 4); // No leap second, the client's version, mode server.
        answer[1] = 2; // stratum
        answer[2] = question[2]; // poll
        answer[3] = unchecked((byte)-20); // precision: 1 us
        BinaryPrimitives.WriteInt32BigEndian(answer[12..], 0x7F7F0101); // reference: a local clock
        WriteStamp(answer[16..], receivedNs - (receivedNs % 1_000_000_000)); // when that was set
        question[40..48].CopyTo(answer[24..]); // origin: the client's transmit
        WriteStamp(answer[32..], receivedNs);
        return true;
    }

    /// <param name="ns">Since 1970.</param>
    internal static void WriteStamp(Span<byte> to, long ns)
    {
        var (seconds, rest) = long.DivRem(ns, 1_000_000_000);
        BinaryPrimitives.WriteUInt32BigEndian(to, unchecked((uint)(seconds + EpochS)));
        BinaryPrimitives.WriteUInt32BigEndian(to[4..], (uint)(((ulong)rest << 32) / 1_000_000_000));
    }

    /// <summary>On a thread that does nothing else: what stands between an arrival and its stamp is an error of the guest's clock.</summary>
    private void Serve()
    {
        var question = new byte[512];
        var answer = new byte[PacketBytes];
        EndPoint client = new IPEndPoint(IPAddress.Any, 0);
        try
        {
            while (true)
            {
                var length = _socket.ReceiveFrom(question, ref client);
                if (!TryAnswer(question.AsSpan(0, length), answer, _clock.RealtimeNs))
                    continue;
                WriteStamp(answer.AsSpan(40), _clock.RealtimeNs); // transmit
                _socket.SendTo(answer, client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed: the end. An error that a client's vanished port causes does not reach a socket that is not connected.
        }
    }
}
