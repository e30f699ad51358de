using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Guestclock.Facts;
using Guestclock.Protocols.Ntp;

namespace Guestclock.Linux.Live;

/// <summary>One question to one address, and the answer to it.</summary>
internal static class NtpClientSocket
{
    private const int BufferBytes = 1024;

    /// <summary>
    /// Sends from a port of its own and waits for the datagram that repeats our transmit timestamp. Where only others came, the first of
    /// them is the answer, for the judge to say what is wrong with it.
    /// </summary>
    public static Fact<byte[]> Exchange(string name, IPEndPoint server, TimeSpan limit)
    {
        var request = NtpPacket.Question(Unpredictable.Number64());
        var buffer = new byte[BufferBytes];
        byte[]? stray = null;
        try
        {
            using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
            socket.Connect(server);
            var t1Ns = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;
            var sent = Stopwatch.GetTimestamp();
            socket.Send(request);
            for (var left = limit; left > TimeSpan.Zero; left = limit - Stopwatch.GetElapsedTime(sent))
            {
                if (!socket.Poll(left, SelectMode.SelectRead))
                {
                    if (socket.IsRefused())
                        return Refused(name);
                    continue;
                }

                var length = socket.Receive(buffer, SocketFlags.None, out var error);
                var tookNs = Stopwatch.GetElapsedTime(sent).Ticks * 100;
                if (error == SocketError.WouldBlock)
                    continue;
                if (error != SocketError.Success)
                    throw new SocketException((int)error);
                if (NtpExchange.Answers(request, buffer.AsSpan(0, length)))
                    return Answer(name, server, t1Ns, tookNs, request, buffer.AsSpan(0, length));
                stray ??= Answer(name, server, t1Ns, tookNs, request, buffer.AsSpan(0, length)).Value;
            }
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionRefused
                ? Refused(name) : Fact.Unknown<byte[]>(FactState.Failed, name, $"{server} cannot be reached: {e.Message}");
        }

        return stray is not null
            ? Fact.Known(stray, name)
            : Fact.Unknown<byte[]>(FactState.TimedOut, name, $"does not answer within {limit.TotalMilliseconds:0} ms");
    }

    private static Fact<byte[]> Refused(string name) =>
        Fact.Unknown<byte[]>(FactState.Failed, name, "refuses NTP: nobody listens on this port");

    /// <summary>t4 is t1 plus what the monotonic clock counted, so that a step of the local clock in between does no harm.</summary>
    private static Fact<byte[]> Answer(string name, IPEndPoint server, long t1Ns, long tookNs, byte[] request, ReadOnlySpan<byte> reply) =>
        Fact.Known(Encoding.ASCII.GetBytes(
            $"t1Ns={t1Ns}\nt4Ns={t1Ns + tookNs}\naddress={server}\n" +
            $"request={Convert.ToHexString(request)}\nreply={Convert.ToHexString(reply)}\n"), name);
}
