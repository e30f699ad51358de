using Guestclock.Discipline;

namespace Guestclock.Lab.Results;

/// <summary>One clock broken once, one method let loose on it, and what the referee saw.</summary>
/// <param name="Number">From 1.</param>
public sealed record RunResult(string Scenario, string Method, int Number)
{
    public const long Limit100Ns = 100_000_000;
    public const long Limit10Ns = 10_000_000;
    public const long Limit1Ns = 1_000_000;

    /// <summary>In the order of time.</summary>
    public IReadOnlyList<RefereeSample> Samples { get; init; } = [];

    /// <summary>How long the guest was watched after the break.</summary>
    public long WatchedNs { get; init; }

    /// <summary>Readings of the referee that got no answer in time after the break; they are no samples.</summary>
    public int Missed { get; init; }

    public MethodClaim Claim { get; init; } = MethodClaim.Nothing;

    /// <summary>Why the run came to nothing, in one sentence; null when it ran through.</summary>
    public string? Failure { get; init; }

    public bool IsDone => Failure is null && Residual is not null;

    public long? TimeTo100Ns => SampleStatistics.StaysBelow(Samples, Limit100Ns);

    public long? TimeTo10Ns => SampleStatistics.StaysBelow(Samples, Limit10Ns);

    public long? TimeTo1Ns => SampleStatistics.StaysBelow(Samples, Limit1Ns);

    public ClockOffset? Worst => SampleStatistics.Worst(Samples);

    public ClockOffset? Residual => SampleStatistics.Residual(Samples);

    public RefereeBound? Bound => SampleStatistics.Bound(Samples);

    /// <summary>The surest sample before the break: whether there was anything to break.</summary>
    public ClockOffset? Before =>
        Samples.Where(s => s.SinceBreakNs < 0).OrderBy(s => s.Error.BoundNs).Select(s => (ClockOffset?)s.Error).FirstOrDefault();

    /// <summary>
    /// Whether the claim and the referee's nearest sample agree within both their bounds; null where nothing was claimed that could be
    /// compared.
    /// </summary>
    public bool? ClaimHolds =>
        Claim is { ResidualNs: { } residual, BoundNs: { } bound } && (Claim.MeasuredNs ?? Claim.ProofNs) is { } at
        && SampleStatistics.Nearest(Samples, at) is { } seen
            ? Math.Abs(residual - seen.Error.OffsetNs) <= bound + seen.Error.BoundNs
            : null;
}
