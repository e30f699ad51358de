using Guestclock.Formats;
using Guestclock.Protocols.Ntp;

namespace Guestclock.Measuring;

/// <summary>A sample out of one exchange with an NTP server: system clock − server, with the root distance of RFC 5905 section 10 as bound.</summary>
public static class NtpJudge
{
    public static OffsetReading Judge(NtpRoundTrip trip)
    {
        if (trip.Span.Problem is { } step)
            return OffsetReading.None(step);
        try
        {
            var sample = NtpExchange.Judge(trip.Address, trip.Request, trip.Reply, trip.T1Ns, trip.T4Ns);
            return sample.Problem is { } problem
                ? OffsetReading.None(problem, isFinal: Kiss(trip.Reply) is "DENY" or "RSTR")
                : OffsetReading.Of(Measure(trip, sample));
        }
        catch (MalformedInputException e)
        {
            return OffsetReading.None($"the answer is malformed: {e.Message}");
        }
    }

    /// <summary>The kiss code of an answer to our question; null where it is none.</summary>
    public static string? Kiss(byte[] reply) =>
        reply.Length >= NtpPacket.Bytes && NtpPacket.Decode(reply) is { Stratum: 0 } packet ? NtpReferenceId.Letters(packet.ReferenceId) : null;

    private static OffsetSample Measure(NtpRoundTrip trip, NtpSample sample)
    {
        var packet = NtpPacket.Decode(trip.Reply);
        var unixNs = trip.T1Ns + ((trip.T4Ns - trip.T1Ns) / 2);
        // A server whose clock moved while it answered says that it took longer than the exchange: half of all of that may be in the offset.
        var delayNs = sample.DelayNs >= 0 ? sample.DelayNs : (2 * (trip.T4Ns - trip.T1Ns)) - sample.DelayNs;
        return new(unixNs, trip.Span.After.RawAt(unixNs), -sample.OffsetNs, delayNs,
        [
            new("round-trip", (delayNs + 1) / 2),
            new("root-distance", packet.RootDistanceNs + 1),
            new("resolution", packet.PrecisionNs + 1),
            new("ageing", NtpExchange.DriftNs(trip.T4Ns - trip.T1Ns) + trip.Span.ErrorNs),
        ])
        {
            Remark = trip.Strays == 0 ? null
                : $"{trip.Strays} {(trip.Strays == 1 ? "datagram that did not answer our question was" : "datagrams that did not answer our question were")} ignored (late, or forged)",
        };
    }
}
