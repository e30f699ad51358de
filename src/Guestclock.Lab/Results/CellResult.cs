namespace Guestclock.Lab.Results;

/// <summary>All runs of one method in one scenario, and their medians (<see cref="MiddleRun"/>).</summary>
public sealed record CellResult(string Scenario, string Method, IReadOnlyList<RunResult> Runs)
{
    private IEnumerable<RunResult> Done => Runs.Where(r => r.IsDone);

    public int DoneRuns => Done.Count();

    /// <summary>Why runs came to nothing; empty when all ran through.</summary>
    public IEnumerable<string> Failures => Runs.Select(r => r.Failure).OfType<string>().Distinct(StringComparer.Ordinal);

    public long? TimeTo100Ns => MiddleRun.OrNever(Done.Select(r => r.TimeTo100Ns));

    public long? TimeTo10Ns => MiddleRun.OrNever(Done.Select(r => r.TimeTo10Ns));

    public long? TimeTo1Ns => MiddleRun.OrNever(Done.Select(r => r.TimeTo1Ns));

    public long? WorstErrorNs => MiddleRun.OfThoseThatSaid(Done.Select(r => r.Worst?.OffsetNs));

    public long? ResidualNs => MiddleRun.OfThoseThatSaid(Done.Select(r => r.Residual?.OffsetNs));

    public long? RefereeBoundNs => MiddleRun.OfThoseThatSaid(Done.Select(r => r.Bound?.MedianNs));

    public long? ClaimedResidualNs => MiddleRun.OfThoseThatSaid(Done.Select(r => r.Claim.ResidualNs));

    public long? ClaimedBoundNs => MiddleRun.OfThoseThatSaid(Done.Select(r => r.Claim.BoundNs));

    /// <summary>Null also where most runs have no proof.</summary>
    public long? ProofNs => MiddleRun.OrNever(Done.Select(r => r.Claim.ProofNs));

    /// <summary>The longest that a run of this cell was watched.</summary>
    public long WatchedNs => Done.Select(r => r.WatchedNs).DefaultIfEmpty().Max();

    /// <summary>Runs whose claim the referee saw to be untrue.</summary>
    public int BrokenClaims => Done.Count(r => r.ClaimHolds == false);
}
