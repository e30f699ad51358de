using Guestclock.Formats.ClockLogs;
using Guestclock.Stability;
using Guestclock.Stability.Grids;

namespace Guestclock.Reports.Stability;

/// <summary>What <c>guestclock analyze</c> found.</summary>
/// <param name="Confidence">Probability that an interval holds the true value.</param>
/// <param name="IsComplete">False where it was interrupted: values may be missing.</param>
public sealed record StabilityReport(string Version, double Confidence, IReadOnlyList<AnalyzedSeries> Series, bool IsComplete)
{
    /// <summary>Those of which there is a value, in the order in which they were asked for.</summary>
    public IEnumerable<Statistic> Statistics => Series.SelectMany(s => s.Points).Select(p => p.Statistic).Distinct();

    /// <summary>Whether a statistic is in seconds; else it is of fractional frequency.</summary>
    public static bool IsTime(Statistic statistic) => statistic is Statistic.Tdev or Statistic.Mtie or Statistic.Tierms;
}

/// <summary>One series and its statistics.</summary>
/// <param name="Name">Distinct in the report: the file, and the source where it has several.</param>
/// <param name="Format">Of the log, as a sentence names it.</param>
/// <param name="Frequency">Null where there is none to be told.</param>
/// <param name="Remarks">Of the log, the grid and the statistics; sentences without a full stop.</param>
public sealed record AnalyzedSeries(
    string Name, string Format, SampleKind Kind, Grid Grid, FrequencyEstimate? Frequency, IReadOnlyList<StabilityPoint> Points, IReadOnlyList<string> Remarks)
{
    /// <summary>Null where the log has frequency, which says nothing of an offset.</summary>
    public OffsetSpread? Offset { get; } = Kind == SampleKind.Phase ? OffsetSpread.Of(Grid.Phase.PhaseS) : null;
}

/// <summary>Where the offsets (clock − reference, in seconds) lie.</summary>
public readonly record struct OffsetSpread(double MeanS, double RmsS, double LeastS, double LargestS)
{
    public static OffsetSpread Of(ReadOnlySpan<double> phase)
    {
        var (count, sum, squares, least, largest) = (0L, 0.0, 0.0, double.MaxValue, double.MinValue);
        foreach (var x in phase)
        {
            if (double.IsNaN(x))
                continue;
            count++;
            sum += x;
            squares += x * x;
            (least, largest) = (Math.Min(least, x), Math.Max(largest, x));
        }

        return new(sum / count, Math.Sqrt(squares / count), least, largest);
    }
}
