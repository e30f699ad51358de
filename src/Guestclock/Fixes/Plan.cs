using System.Text.Json.Serialization;
using Guestclock.Fixes.Steps;
using Guestclock.Judging;
using Guestclock.Json;

namespace Guestclock.Fixes;

/// <summary>What a run will do: exactly these steps, in this order.</summary>
/// <param name="Deferred">Steps that bring a change to life but may do harm besides, and were not named: left out.</param>
public sealed record Plan(IReadOnlyList<FixStep> Steps, IReadOnlyList<PlannedFinding> Findings, IReadOnlyList<FixStep> Deferred)
{
    /// <summary>Its files are written beside the live ones; that they take their places is left to the user.</summary>
    public bool IsAside { get; init; }

    /// <summary>With <c>--aside</c>: the programs that the administrator runs when the files are in their places.</summary>
    public IReadOnlyList<ProgramStep> AfterAside { get; init; } = [];
}

/// <summary>What becomes of one finding.</summary>
/// <param name="Fixes">The repairs that take it; empty where there is none.</param>
/// <param name="Risk">The worst risk of its steps.</param>
/// <param name="Why">Why it is not planned, one sentence; null where it is.</param>
/// <param name="ByHand">What is left to the user.</param>
public sealed record PlannedFinding(JudgedCheck Judged, IReadOnlyList<Fix> Fixes, FindingState State, Risk Risk, string? Why, IReadOnlyList<ByHand> ByHand)
{
    /// <summary>Where it is not planned: what would be done if it were named.</summary>
    public IReadOnlyList<FixStep> WouldDo { get; init; } = [];
}

/// <summary>What becomes of a finding in a plan. The names are frozen.</summary>
[JsonConverter(typeof(KebabEnumConverter<FindingState>))]
public enum FindingState
{
    /// <summary>Steps repair it.</summary>
    Planned,

    /// <summary>There are steps, but they may do harm: it has to be named.</summary>
    HeldBack,

    /// <summary>Nothing is wrong; it can be done when it is named.</summary>
    Optional,

    /// <summary>Only the user can do it.</summary>
    LeftToUser,
}
