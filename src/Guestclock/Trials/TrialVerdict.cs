using Guestclock.Checks;
using Guestclock.Judging;

namespace Guestclock.Trials;

/// <summary>All properties together; the number of <see cref="Status"/> is the exit code.</summary>
/// <param name="Worst">The first among the worst ones; null when none is worse than info.</param>
public sealed record TrialVerdict(VerdictStatus Status, JudgedTrial? Worst)
{
    public static IReadOnlyList<JudgedTrial> JudgeAll<T>(IReadOnlyList<Trial<T>> catalogue, T evidence, Policy policy) =>
        [.. catalogue.Select(t => new JudgedTrial(t.Id, t.Title, t.IsEssential, t.Judge(evidence, policy)))];

    /// <summary>Critical if any property is; else warning; else unknown if an essential one is unknown or none passed; else ok.</summary>
    public static TrialVerdict Of(IReadOnlyList<JudgedTrial> trials)
    {
        if (trials.FirstOrDefault(t => t.Finding.Status == CheckStatus.Critical) is { } critical)
            return new(VerdictStatus.Critical, critical);
        if (trials.FirstOrDefault(t => t.Finding.Status == CheckStatus.Warning) is { } warning)
            return new(VerdictStatus.Warning, warning);
        if (trials.FirstOrDefault(t => t.IsEssential && t.Finding.Status == CheckStatus.Unknown) is { } unknown)
            return new(VerdictStatus.Unknown, unknown);
        return trials.Any(t => t.Finding.Status == CheckStatus.Pass) ? new(VerdictStatus.Ok, null) : new(VerdictStatus.Unknown, null);
    }
}
