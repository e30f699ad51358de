using Guestclock.Protocols.Chrony;

namespace Guestclock.Facts;

/// <summary>chronyd's own state, over its command protocol (unix socket, else loopback UDP).</summary>
public sealed record ChronyFacts
{
    public Fact<ChronyTracking> Tracking { get; init; } = Fact<ChronyTracking>.None;

    /// <summary>
    /// Sources that have an address, and reference clocks; names that do not resolve are counted by <see cref="Activity"/>.
    /// </summary>
    public Fact<IReadOnlyList<ChronySource>> Sources { get; init; } = Fact<IReadOnlyList<ChronySource>>.None;

    public Fact<IReadOnlyList<ChronySourceStats>> SourceStats { get; init; } = Fact<IReadOnlyList<ChronySourceStats>>.None;

    public Fact<ChronyActivity> Activity { get; init; } = Fact<ChronyActivity>.None;

    /// <summary>Of each server and peer. Only over the unix socket (root or the chrony user), else denied.</summary>
    public Fact<IReadOnlyList<ChronyNtpData>> NtpData { get; init; } = Fact<IReadOnlyList<ChronyNtpData>>.None;
}
