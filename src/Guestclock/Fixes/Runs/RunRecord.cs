using System.Text.Json.Serialization;
using Guestclock.Json;

namespace Guestclock.Fixes.Runs;

/// <summary>A run as its journal tells it.</summary>
/// <param name="Id">Of the start in UTC, such as <c>20261121-133205</c>, with a number behind where several began in one second.</param>
/// <param name="Why">Why it failed or was undone, one sentence without a full stop; else null.</param>
public sealed record RunRecord(string Id, DateTimeOffset StartedAt, string Version, RunState State, IReadOnlyList<StepRecord> Steps, string? Why);

/// <summary>One step of a run.</summary>
/// <param name="Text">What it is, as the plan shows it: <c>/etc/default/grub</c>, <c>run update-grub</c>.</param>
/// <param name="Why">Why it failed or was left, one sentence without a full stop; else null.</param>
public sealed record StepRecord(string Text, StepState State, string? Why);

/// <summary>How a run stands. The names are frozen: they stand in journals.</summary>
[JsonConverter(typeof(KebabEnumConverter<RunState>))]
public enum RunState
{
    /// <summary>Under way, or killed on its way: the next start undoes it.</summary>
    Applying,
    Applied,

    /// <summary>Being undone, or killed meanwhile: the next start goes on undoing.</summary>
    Undoing,
    RolledBack,

    /// <summary>Undone, but something had to be left as it was found.</summary>
    PartlyRolledBack,
}

/// <summary>How a step stands. The names are frozen: they stand in journals.</summary>
[JsonConverter(typeof(KebabEnumConverter<StepState>))]
public enum StepState
{
    Planned,
    Done,
    Failed,
    Undone,

    /// <summary>Changed by somebody else since, and left alone.</summary>
    Left,
}
