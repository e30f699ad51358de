using Guestclock.Facts;

namespace Guestclock.Checks.ClockSource;

/// <summary>How well a clock source suits a machine, and why.</summary>
public sealed record Suitability(CheckStatus Status, string Summary, string? Reason = null)
{
    public Finding Finding(MachineFacts facts, string name, IReadOnlyList<EvidenceItem> evidence) =>
        new(Status, Summary, evidence, Reason, Status is CheckStatus.Warning or CheckStatus.Critical ? SourceRemedy.Switch(facts, name)
            : null);
}
