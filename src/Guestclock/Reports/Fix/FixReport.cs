using System.Text.Json.Serialization;
using Guestclock.Checks;
using Guestclock.Fixes;
using Guestclock.Fixes.Runs;
using Guestclock.Fixes.Steps;
using Guestclock.Json;
using Guestclock.Judging;

namespace Guestclock.Reports.Fix;

/// <summary>What a run of <c>fix</c> planned, did, and changed.</summary>
/// <param name="Before">The judgement that was repaired.</param>
/// <param name="Run">What was done; null where nothing was.</param>
/// <param name="After">The judgement afterwards; null where nothing was done.</param>
public sealed record FixReport(string Version, DateTimeOffset At, bool IsLive, FixState State, Plan Plan, Judgement Before, RunRecord? Run, Judgement? After)
{
    /// <summary>The state of the machine that the exit code tells.</summary>
    public Verdict Verdict => (After ?? Before).Verdict;

    /// <summary>What became of a finding; null where nothing was done, or the finding was not planned.</summary>
    public Aftermath? Of(PlannedFinding finding)
    {
        if (After is null || State != FixState.Applied || finding.State != FindingState.Planned)
            return null;
        var id = finding.Judged.Check.Id;
        var now = After.Checks.FirstOrDefault(c => c.Check.Id == id)?.Finding.Status;
        if (now is not (CheckStatus.Warning or CheckStatus.Critical) && (now != CheckStatus.Info || finding.Judged.Finding.Status != CheckStatus.Info))
            return new(AftermathState.Gone, null);
        var effects = Plan.Steps.Concat(Plan.Deferred).Where(s => s.Reasons.Any(r => r.CheckId == id)).Select(s => s.Effect).ToList();
        var waits = effects.Where(e => e != Effect.Now).DefaultIfEmpty(Effect.Now).Max();
        return waits == Effect.Now ? new(AftermathState.Remains, null) : new(AftermathState.Waits, waits);
    }
}

/// <summary>What became of a finding.</summary>
/// <param name="For">What it waits for.</param>
public sealed record Aftermath(AftermathState State, Effect? For);

/// <summary>The names are frozen.</summary>
[JsonConverter(typeof(KebabEnumConverter<AftermathState>))]
public enum AftermathState
{
    Gone,

    /// <summary>Everything is in place; it shows after a reboot or a restart.</summary>
    Waits,
    Remains,
}

/// <summary>How a run of <c>fix</c> ended. The names are frozen.</summary>
[JsonConverter(typeof(KebabEnumConverter<FixState>))]
public enum FixState
{
    /// <summary>Shown only.</summary>
    DryRun,

    /// <summary>There is nothing that this program can repair.</summary>
    Nothing,

    /// <summary>The user did not say yes.</summary>
    Declined,
    Applied,

    /// <summary>A step failed; what was done is undone as far as the run's record says.</summary>
    Failed,
}
