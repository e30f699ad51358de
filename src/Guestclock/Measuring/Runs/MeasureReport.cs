namespace Guestclock.Measuring.Runs;

/// <summary>Why a measurement has ended. Names in JSON are frozen.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(Json.KebabEnumConverter<MeasureEnd>))]
public enum MeasureEnd
{
    /// <summary>All readings that were asked for were taken.</summary>
    Complete,

    /// <summary>By the user.</summary>
    Interrupted,

    /// <summary>There was nothing more to ask.</summary>
    Failed,
}

/// <summary>A measurement that has ended.</summary>
/// <param name="Entries">The readings that are kept, oldest first.</param>
public sealed record MeasureReport(
    MeasuredPair Pair, MeasurePlan Plan, MeasureEnd End, IReadOnlyList<MeasureEntry> Entries, MeasureSummary Summary, OffsetVerdict Verdict);
