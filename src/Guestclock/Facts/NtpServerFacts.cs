namespace Guestclock.Facts;

/// <summary>Answers of the configured servers, asked with <c>--probe-servers</c> only.</summary>
public sealed record NtpServerFacts
{
    /// <summary>Whether servers were asked at all.</summary>
    public bool Asked { get; init; }

    public IReadOnlyList<NtpServerAnswer> Answers { get; init; } = [];

    /// <summary>How many more servers are configured than are asked in one run.</summary>
    public int NotAsked { get; init; }
}

/// <summary>One server's answer.</summary>
/// <param name="Server">As it was given: <c>host</c>, <c>host:port</c>, <c>[address]:port</c>.</param>
/// <param name="Sample">The exchange, or why there is none.</param>
public sealed record NtpServerAnswer(string Server, Fact<NtpSample> Sample);

/// <summary>One NTP exchange, judged by RFC 5905 section 8.</summary>
/// <param name="Address">That answered, with its port.</param>
/// <param name="ReferenceId">Letters where the stratum is 0 or 1 (<c>GPS</c>), else 8 hexadecimal digits.</param>
/// <param name="OffsetNs">server - local; positive: the server's clock is ahead. 0 where the answer holds no time to believe.</param>
/// <param name="DelayNs">Round trip without the server's processing time.</param>
/// <param name="RootDistanceNs">Half of the root delay and of the delay, plus the dispersions of the root and of this exchange.</param>
/// <param name="Problem">Why the answer must not be believed (kiss code, stratum, leap, origin), or null.</param>
public sealed record NtpSample(string Address, int Stratum, int Leap, string ReferenceId,
    long OffsetNs, long DelayNs, long RootDistanceNs, string? Problem);
