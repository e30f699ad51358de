namespace Guestclock.Facts;

/// <summary>Answers of the configured servers, asked with <c>--probe-servers</c> only.</summary>
public sealed record NtpServerFacts
{
    /// <summary>Whether servers were asked at all.</summary>
    public bool Asked { get; init; }

    public IReadOnlyList<NtpServerAnswer> Answers { get; init; } = [];
}

/// <summary>One server's answer.</summary>
/// <param name="Server">As it is configured, <c>host:port</c>.</param>
/// <param name="Sample">The exchange, or why there is none.</param>
public sealed record NtpServerAnswer(string Server, Fact<NtpSample> Sample);

/// <summary>One NTP exchange, judged by RFC 5905 section 8.</summary>
/// <param name="OffsetNs">server - local; positive: the server's clock is ahead.</param>
/// <param name="DelayNs">Round trip without the server's processing time.</param>
/// <param name="RootDistanceNs">Half of the root delay and of the delay, plus root dispersion.</param>
/// <param name="Problem">Why the answer must not be believed (kiss code, stratum, leap, origin), or null.</param>
public sealed record NtpSample(string Address, int Stratum, int Leap, string ReferenceId, long OffsetNs, long DelayNs, long RootDistanceNs, string? Problem);
