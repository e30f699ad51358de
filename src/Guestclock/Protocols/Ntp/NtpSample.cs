namespace Guestclock.Protocols.Ntp;

/// <summary>One NTP exchange, judged by RFC 5905 section 8.</summary>
/// <param name="Address">That answered, with its port.</param>
/// <param name="ReferenceId">Letters where the stratum is 0 or 1 (<c>GPS</c>), else 8 hexadecimal digits.</param>
/// <param name="OffsetNs">server - local; positive: the server's clock is ahead. 0 where the answer holds no time to believe.</param>
/// <param name="DelayNs">Round trip without the server's processing time.</param>
/// <param name="RootDistanceNs">Half of the root delay and of the delay, plus the dispersions of the root and of this exchange.</param>
/// <param name="Problem">Why the answer must not be believed (kiss code, stratum, leap, origin), or null.</param>
public sealed record NtpSample(string Address, int Stratum, int Leap, string ReferenceId,
    long OffsetNs, long DelayNs, long RootDistanceNs, string? Problem);
