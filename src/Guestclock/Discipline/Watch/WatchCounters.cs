namespace Guestclock.Discipline.Watch;

/// <summary>What happened since the start, over all guests.</summary>
internal sealed class WatchCounters
{
    /// <summary>Upper ends of the histogram of proofs, seconds; the last bin has none.</summary>
    public static readonly double[] ProofEndsS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2.5, 5, 10];

    private readonly long[] _proofs = new long[ProofEndsS.Length + 1];

    public SortedDictionary<RecoveryOutcome, long> Outcomes { get; } = All<RecoveryOutcome>();

    public SortedDictionary<AgentFailure, long> Failures { get; } = All<AgentFailure>();

    public SortedDictionary<GuestEventKind, long> Events { get; } = All<GuestEventKind>();

    public long Measurements { get; set; }

    public long MeasurementsFailed { get; set; }

    public long Jumps { get; set; }

    public double ProofSumS { get; private set; }

    public void Proof(long proofNs)
    {
        var seconds = proofNs / 1e9;
        var bin = Array.FindIndex(ProofEndsS, end => seconds <= end);
        _proofs[bin < 0 ? ProofEndsS.Length : bin]++;
        ProofSumS += seconds;
    }

    public void Failure(AgentFailure? failure)
    {
        if (failure is { } known)
            Failures[known] = Failures.GetValueOrDefault(known) + 1;
    }

    public WatchTotals Totals => new(
        new SortedDictionary<RecoveryOutcome, long>(Outcomes), new SortedDictionary<AgentFailure, long>(Failures), new SortedDictionary<GuestEventKind, long>(Events),
        Measurements, MeasurementsFailed, Jumps, [.. _proofs], ProofSumS);

    private static SortedDictionary<TEnum, long> All<TEnum>()
        where TEnum : struct, Enum
    {
        var all = new SortedDictionary<TEnum, long>();
        foreach (var value in Enum.GetValues<TEnum>())
            all.Add(value, 0);
        return all;
    }
}

/// <summary>What happened since the start, over all guests.</summary>
/// <param name="Proofs">Proofs by time to them: one bin for each of <see cref="ProofEndsS"/>, and one for what took longer. Not cumulative.</param>
public sealed record WatchTotals(
    IReadOnlyDictionary<RecoveryOutcome, long> Outcomes, IReadOnlyDictionary<AgentFailure, long> Failures, IReadOnlyDictionary<GuestEventKind, long> Events,
    long Measurements, long MeasurementsFailed, long Jumps, IReadOnlyList<long> Proofs, double ProofSumS)
{
    /// <summary>Upper ends of the bins, seconds.</summary>
    public static IReadOnlyList<double> ProofEndsS => WatchCounters.ProofEndsS;
}
