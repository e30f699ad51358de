namespace Guestclock.Stability.Family;

/// <summary>A series with its gaps found.</summary>
internal sealed class Samples
{
    public Samples(PhaseSeries series)
    {
        (X, Tau0S) = (series.PhaseS, series.Tau0S);
        WholeRuns = Run.Whole(X);
        Spans = series.GapsBreakPhase ? WholeRuns : [new(0, X.Length)];
        Longest = Run.Longest(WholeRuns);
        Missing = X.Length - WholeRuns.Sum(r => (long)r.Length);
        OneScale = !series.GapsBreakPhase;
    }

    public double[] X { get; }

    public double Tau0S { get; }

    /// <summary>The runs without a missing point.</summary>
    public List<Run> WholeRuns { get; }

    /// <summary>The stretches inside of which a term may lie: all of the series, or each whole run where gaps break the phase.</summary>
    public List<Run> Spans { get; }

    public Run Longest { get; }

    public long Missing { get; }

    /// <summary>Points on both sides of a gap have one origin.</summary>
    public bool OneScale { get; }

    public ReadOnlySpan<double> Of(Run run) => X.AsSpan(run.Start, run.Length);
}
