namespace Guestclock.Stability.Grids;

/// <summary>How a log is laid on a grid.</summary>
/// <param name="Tau0S">Seconds between two points; null: what the log's times say, or one second where it has none.</param>
/// <param name="KeepSteps">Analyse across steps of the clock instead of the longest part between them.</param>
/// <param name="RemoveOutliers">Take outliers out; else they are counted only.</param>
public sealed record GridOptions(double? Tau0S = null, bool KeepSteps = false, bool RemoveOutliers = false);

/// <summary>A jump of the phase that stays.</summary>
/// <param name="AfterS">Seconds since the first sample.</param>
/// <param name="SizeS">Positive: the clock went ahead.</param>
public readonly record struct PhaseStep(double AfterS, double SizeS);

/// <summary>One series of a log on an even grid: that part of it which can be analysed as one.</summary>
/// <param name="StartS">When the part begins, in the log's own scale; null where the log has no times.</param>
/// <param name="Samples">Of the whole series.</param>
/// <param name="Used">Of the part.</param>
/// <param name="Missing">Points of the part without a sample.</param>
/// <param name="Gaps">Runs of such points.</param>
/// <param name="LongestGapS">Between the samples on both sides of the longest gap.</param>
/// <param name="LeftOut">Samples that came too soon after another one.</param>
/// <param name="Outliers">Samples of the part that are outliers; still there unless their removal was asked for.</param>
/// <param name="Remarks">What a reader must know; sentences without a full stop.</param>
public sealed record Grid(
    PhaseSeries Phase, double? StartS, long Samples, long Used, long Missing, long Gaps, double LongestGapS, long LeftOut, long Outliers, IReadOnlyList<PhaseStep> Steps,
    IReadOnlyList<string> Remarks)
{
    /// <summary>When each point of the phase was really taken, in the log's own scale; NaN where there is none, null where the log has no such times.</summary>
    public double[]? AtS { get; init; }

    /// <summary>
    /// By the real times: a clock that is off by 50 ppm and samples that come early or late by a millisecond would add 50 ns to the phase on the grid, and uneven steps
    /// stretch it. Null where there is none to be told.
    /// </summary>
    public FrequencyEstimate? Frequency(double confidence) => Phase.GapsBreakPhase ? null
        : AtS is { } atS ? FrequencyFit.LeastSquares(atS, Phase.PhaseS, confidence)
        : FrequencyFit.LeastSquares(Phase, confidence);
}
