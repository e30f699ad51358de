using Guestclock.Protocols.Ntp;

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
