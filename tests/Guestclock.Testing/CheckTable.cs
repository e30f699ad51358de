using Guestclock.Checks;
using Guestclock.Facts;

namespace Guestclock.Testing;

/// <summary>One row of a check's table: a name, the facts, and what must be found.</summary>
/// <param name="Says">A text that the summary, the reason, the remedy or the evidence must contain; null: not looked at.</param>
public sealed record CheckRow(string Name, MachineFacts Facts, CheckStatus Status, string? Says = null)
{
    /// <summary>The policy of this row.</summary>
    public Policy Policy { get; init; } = Policy.Default;

    public override string ToString() => Name;

    /// <summary>Everything that a finding says, for a table to look into.</summary>
    public static string AllText(Finding f) =>
        string.Join('\n', new[] { f.Summary, f.Reason, f.Remedy?.Summary }.Concat(f.Remedy?.Commands ?? []).Concat(f.Evidence.Select(e => $"{e.Fact}: {e.Value} ({e.Source})")));
}
