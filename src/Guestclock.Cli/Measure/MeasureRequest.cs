using Guestclock.Checks;
using Guestclock.Measuring;

namespace Guestclock.Cli.Measure;

/// <summary>What the user has asked <c>measure</c> for.</summary>
/// <param name="Reference">Null: the best one there is.</param>
/// <param name="Format"><c>text</c>, <c>json</c>, <c>jsonl</c> or <c>csv</c>.</param>
internal sealed record MeasureRequest(ReferenceName? Reference, string Format)
{
    /// <summary>Null: a second, or what the reference allows.</summary>
    public long? IntervalNs { get; init; }

    public long? DurationNs { get; init; }

    public long? Count { get; init; }

    public string? Log { get; init; }

    public string? Plot { get; init; }

    public bool FiltersLucky { get; init; } = true;

    public Policy Policy { get; init; } = Policy.Default;

    /// <summary>The libvirt that knows the domain of <c>guest:</c>.</summary>
    public required string Libvirt { get; init; }
}
