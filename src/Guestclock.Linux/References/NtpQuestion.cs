using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Guestclock.Linux.Live;
using Guestclock.Measuring;
using Guestclock.Protocols.Ntp;

namespace Guestclock.Linux.References;

/// <summary>One question to an NTP server from a port of its own, and the answer that repeats our random transmit time stamp.</summary>
internal static class NtpQuestion
{
    private const int BufferBytes = 1024;

    /// <returns>The exchange, or one sentence that says why there is none.</returns>
    public static (NtpRoundTrip? Trip, string? Problem) Ask(IPEndPoint server, TimeSpan limit)
    {
        try
        {
            using var socket = new StampedSocket(server);
            return Ask(socket, server, limit);
        }
        catch (SocketException e)
        {
            return (null, Sentence(server, e.SocketErrorCode));
        }
    }

    private static (NtpRoundTrip? Trip, string? Problem) Ask(StampedSocket socket, IPEndPoint server, TimeSpan limit)
    {
        var request = NtpPacket.Question(Unpredictable.Number64());
        var buffer = new byte[BufferBytes];
        long? sentNs = null;
        var strays = 0;
        var before = ClockTriples.Read();
        var t1Ns = Clocks.RealtimeNs();
        var started = Stopwatch.GetTimestamp();
        socket.Send(request);
        for (var left = limit; left > TimeSpan.Zero; left = limit - Stopwatch.GetElapsedTime(started))
        {
            var (isReadable, isError) = socket.Wait(left);
            if (isError)
            {
                var stampNs = socket.SentNs();
                sentNs ??= stampNs;
                if (socket.Refusal() is not SocketError.Success and var refusal)
                    return (null, Sentence(server, refusal));
            }

            if (!isReadable || socket.Receive(buffer, out var cameNs) is not (>= 0 and var length))
                continue;
            var t4Ns = Clocks.RealtimeNs();
            if (!NtpExchange.Answers(request, buffer.AsSpan(0, length)))
            {
                strays++;
                continue;
            }

            var span = new ClockSpan(before, ClockTriples.Read());
            sentNs ??= socket.SentNs();
            var isSent = sentNs >= t1Ns && sentNs <= t4Ns;
            var isCame = cameNs >= (isSent ? sentNs : t1Ns) && cameNs <= t4Ns;
            return (new(server.ToString(), request, buffer[..length], isSent ? sentNs!.Value : t1Ns, isCame ? cameNs!.Value : t4Ns, span, strays,
                isSent, isCame), null);
        }

        var silence = $"{server} does not answer within {limit.TotalSeconds:0.#} s";
        return (null, strays == 0 ? silence : $"{silence}; what came did not answer our question, and was ignored (late, or forged)");
    }

    private static string Sentence(IPEndPoint server, SocketError error) => error == SocketError.ConnectionRefused
        ? $"{server} refuses NTP: nobody listens on this port"
        : $"{server} cannot be reached: {new SocketException((int)error).Message}";
}
