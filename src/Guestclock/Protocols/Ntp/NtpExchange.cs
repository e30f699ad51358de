using Guestclock.Formats;

namespace Guestclock.Protocols.Ntp;

/// <summary>
/// A question to an NTP server and its answer, judged by RFC 5905 section 8: with t1 and t4 of our clock and t2 and t3 of the server's,
/// offset = ((t2 - t1) + (t3 - t4)) / 2 and delay = (t4 - t1) - (t3 - t2).
/// </summary>
public static class NtpExchange
{
    /// <summary>MAXDISP: a server this far from its primary source is as good as not synchronised.</summary>
    private const long MaxRootDistanceNs = 16_000_000_000;

    /// <summary>How far a delay may be below zero, besides the server's precision: clocks of unequal rate and resolution.</summary>
    private const long DelayToleranceNs = 1_000_000;

    private const long LongestExchangeNs = 3_600_000_000_000;

    private const int MaxStratum = 16;

    private const int LeapUnsynchronised = 3;

    /// <summary>
    /// True when the datagram repeats the transmit timestamp of the request as its origin, bit for bit. Others are strays or forged.
    /// </summary>
    public static bool Answers(ReadOnlySpan<byte> request, ReadOnlySpan<byte> datagram) =>
        request.Length >= NtpPacket.Bytes && datagram.Length >= NtpPacket.Bytes && datagram[24..32].SequenceEqual(request[40..48]);

    /// <summary>What two clocks may drift apart by meanwhile: 15 ppm (PHI).</summary>
    public static long DriftNs(long tookNs) => (long)((Int128)tookNs * 15 / 1_000_000);

    /// <param name="address">Whence the answer came.</param>
    /// <param name="t1Ns">When the request was sent, in nanoseconds of the Unix epoch by the local clock.</param>
    /// <param name="t4Ns">When the answer came, by the same clock.</param>
    public static NtpSample Judge(string address, ReadOnlySpan<byte> request, ReadOnlySpan<byte> datagram, long t1Ns, long t4Ns)
    {
        if (t1Ns < 0 || t4Ns < t1Ns || t4Ns - t1Ns > LongestExchangeNs)
            throw new MalformedInputException("times of the exchange", "0 <= t1 <= t4 within an hour", $"t1 {t1Ns}, t4 {t4Ns}");
        var packet = NtpPacket.Decode(datagram);
        var problem = Answers(request, datagram)
            ? NoTime(packet)
            : "the answer does not belong to our question: its origin timestamp is another";
        return problem is null
            ? Measure(address, packet, t1Ns, t4Ns)
            : new(address, packet.Stratum, packet.Leap, NtpReferenceId.Text(packet.ReferenceId, packet.Stratum), 0, 0, 0, problem);
    }

    /// <summary>Why the packet holds no time at all, or null.</summary>
    private static string? NoTime(in NtpPacket p)
    {
        if (p.Mode != NtpPacket.ModeServer)
            return $"the answer has mode {p.Mode} instead of {NtpPacket.ModeServer} (server)";
        if (p.Version is not (3 or 4))
            return $"the answer has NTP version {p.Version}";
        if (p.Stratum == 0)
            return NtpKissCode.Sentence(NtpReferenceId.Letters(p.ReferenceId));
        if (p.Receive.IsZero || p.Transmit.IsZero)
            return "the answer holds no time: a timestamp is zero";
        return p.Transmit.NanosecondsSince(p.Receive) < 0 ? "the server says that it answered before it was asked" : null;
    }

    private static NtpSample Measure(string address, in NtpPacket p, long t1Ns, long t4Ns)
    {
        var t2Ns = p.Receive.ToUnixNs(t1Ns);
        var processingNs = p.Transmit.NanosecondsSince(p.Receive);
        var t3Ns = t2Ns + processingNs;
        var offsetNs = (long)((t2Ns - t1Ns + (t3Ns - t4Ns)) / 2);
        var delayNs = t4Ns - t1Ns - processingNs;
        var distanceNs = ((p.RootDelayNs + Math.Max(delayNs, 0)) / 2) + p.RootDispersionNs + p.PrecisionNs + DriftNs(t4Ns - t1Ns);
        var problem = NotToBelieve(p, delayNs);
        return new(address, p.Stratum, p.Leap, NtpReferenceId.Text(p.ReferenceId, p.Stratum), offsetNs, delayNs, distanceNs, problem);
    }

    /// <summary>Why the time of the packet is not to be believed, or null.</summary>
    private static string? NotToBelieve(in NtpPacket p, long delayNs)
    {
        if (p.Stratum >= MaxStratum)
            return $"the server is not synchronised (stratum {p.Stratum})";
        if (p.Leap == LeapUnsynchronised)
            return "the server is not synchronised (leap indicator 3)";
        if (p.RootDistanceNs >= MaxRootDistanceNs)
            return "the server is 16 s or more away from its own source (root distance)";
        return delayNs < -DelayToleranceNs - p.PrecisionNs ? "the server says that answering took it longer than the whole exchange" : null;
    }
}
