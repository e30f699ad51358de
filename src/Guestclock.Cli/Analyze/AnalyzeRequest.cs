using Guestclock.Formats.ClockLogs;
using Guestclock.Stability;
using Guestclock.Stability.Grids;

namespace Guestclock.Cli.Analyze;

/// <summary>What is asked of the logs.</summary>
/// <param name="Kind">What bare numbers are; null: not said.</param>
/// <param name="Source">Only this one; null: all.</param>
/// <param name="Input">The format; null: told by the lines.</param>
internal sealed record AnalyzeRequest(
    SampleKind? Kind, string? Source, string? Input, GridOptions Grid, IReadOnlyList<Statistic> Statistics, TauChoice Taus, bool Detrend, double Confidence);
