using Guestclock.Protocols.Chrony;

namespace Guestclock.Measuring;

/// <summary>
/// A sample out of chronyd's tracking: system clock − NTP time = −(current correction), which is positive when the system clock is slow
/// (print_report of chrony's client.c: "slow" where it is positive). Its bound is root delay / 2 + root dispersion (chronyc(1), tracking);
/// chronyd has aged the dispersion by skew, residual frequency and maxclockerror already (REF_GetTrackingReport of reference.c).
/// </summary>
public static class ChronyJudge
{
    /// <summary>NTP_REFID_LOCAL of chrony: no source at all, <c>local</c> lets it serve its own clock.</summary>
    private const string LocalReference = "7F7F0101";

    /// <summary>maxslewrate cannot be above a tenth (sys_linux.c).</summary>
    private const int SlewDivisor = 10;

    public static OffsetReading Judge(ChronyTracking tracking, ClockSpan span)
    {
        if (tracking.ReferenceId == LocalReference)
            return OffsetReading.None("chronyd has no source: it only serves this machine's own clock");
        if (!tracking.IsSynchronised)
            return OffsetReading.None("chronyd is not synchronised");
        if (span.Problem is { } problem)
            return OffsetReading.None(problem);
        var correction = Math.Abs(tracking.CorrectionNs);
        var unixNs = span.Before.UnixNs + ((span.After.UnixNs - span.Before.UnixNs) / 2);
        return OffsetReading.Of(new(unixNs, span.After.RawAt(unixNs), -tracking.CorrectionNs, span.RawNs,
        [
            // What remains of a correction shrinks while chronyd is asked, by all of it at most.
            new("reading", Math.Min(span.RawNs / SlewDivisor, correction)),
            new("root-distance", (tracking.RootDelayNs / 2) + tracking.RootDispersionNs + 1),
            // A Float of chrony has 24 bits.
            new("resolution", 1 + (correction >> 23)),
        ]));
    }

    /// <summary>Of what chronyd takes its time, for a reader.</summary>
    public static string Source(ChronyTracking tracking) =>
        $"chrony ({(tracking.Address.Length > 0 ? tracking.Address : tracking.ReferenceId)}, stratum {tracking.Stratum})";
}
