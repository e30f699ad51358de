namespace Guestclock.Protocols.Ntp;

/// <summary>
/// A time of NTP (RFC 5905 section 6): seconds since 1900 in the upper 32 bits, fractions of 2^-32 s in the lower. It names an instant only
/// together with its era of 2^32 s; era 0 ends on 7 February 2036. Zero means "not known".
/// </summary>
public readonly record struct NtpTimestamp(ulong Bits)
{
    /// <summary>1 January 1970 in seconds of era 0.</summary>
    private const long UnixEpoch = 2_208_988_800;

    /// <summary>1 January 2026. A local clock before this is wrong and does not choose the era.</summary>
    private const long EarliestNow = 1_767_225_600;

    private const long NsPerSecond = 1_000_000_000;

    public bool IsZero => Bits == 0;

    /// <summary>This instant minus an earlier one, in nanoseconds: right across the end of an era, within ±68 years.</summary>
    public long NanosecondsSince(NtpTimestamp earlier)
    {
        var difference = unchecked((long)(Bits - earlier.Bits));
        return (long)(((Int128)difference * NsPerSecond) >> 32);
    }

    /// <summary>Nanoseconds of the Unix epoch in the era that brings it nearest to the local time (not before 2026).</summary>
    public Int128 ToUnixNs(long localUnixNs)
    {
        var near = Math.Max(localUnixNs / NsPerSecond, EarliestNow);
        var seconds = (long)(Bits >> 32) - UnixEpoch;
        var eras = (near - seconds + (1L << 31)) >> 32;
        var fraction = ((Bits & uint.MaxValue) * (UInt128)NsPerSecond) >> 32;
        return ((Int128)(seconds + (eras << 32)) * NsPerSecond) + (Int128)fraction;
    }
}
