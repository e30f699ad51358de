using System.Text.Json.Serialization;
using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Json;

namespace Guestclock.Judging;

/// <summary>The state of the whole machine, as monitoring plugins name it; the number is the exit code.</summary>
[JsonConverter(typeof(KebabEnumConverter<VerdictStatus>))]
public enum VerdictStatus
{
    Ok = 0,
    Warning = 1,
    Critical = 2,
    Unknown = 3,
}

/// <summary>The verdict.</summary>
/// <param name="FirstBroken">The first check in the chain among the worst ones; null when none is worse than info.</param>
/// <param name="Summary">One sentence without a full stop.</param>
public sealed record Verdict(VerdictStatus Status, JudgedCheck? FirstBroken, string Summary)
{
    /// <summary>
    /// Critical if any check is; else warning if any is; else unknown if something applies but nothing could be judged, or an essential check is unknown
    /// although the machine runs (what an image or a recording cannot hold does not count); else ok.
    /// </summary>
    public static Verdict Of(IReadOnlyList<JudgedCheck> checks)
    {
        if (FirstInChain(checks, CheckStatus.Critical) is { } critical)
            return new(VerdictStatus.Critical, critical, critical.Finding.Summary);
        if (FirstInChain(checks, CheckStatus.Warning) is { } warning)
            return new(VerdictStatus.Warning, warning, warning.Finding.Summary);
        var unknown = checks.FirstOrDefault(c => c.Check.IsEssential && c.Finding.Status == CheckStatus.Unknown && c.Finding.Because != FactState.NotRecorded);
        if (unknown is not null)
            return new(VerdictStatus.Unknown, null, $"{unknown.Check.Id}: {unknown.Finding.Summary}");
        var open = checks.Count(c => c.Finding.Status == CheckStatus.Unknown);
        // What is only worth knowing does not show that anything is sound.
        var isSeen = checks.Any(c => c.Finding.Status == CheckStatus.Pass) || (open == 0 && checks.Any(c => c.Finding.Status == CheckStatus.Info));
        if (!isSeen)
        {
            return checks.Count == 0 ? new(VerdictStatus.Unknown, null, "no check was chosen")
                : open > 0 ? new(VerdictStatus.Unknown, null, "nothing could be judged")
                : new(VerdictStatus.Ok, null, "nothing is to be judged: no chosen check applies to this machine");
        }

        var sound = checks.Count < Catalogue.All.Count ? "the chosen checks find nothing wrong" : "timekeeping is sound";
        return new(VerdictStatus.Ok, null,
            open == 0 ? sound : $"{sound} as far as can be seen; {open} {(open == 1 ? "check" : "checks")} could not be judged");
    }

    private static JudgedCheck? FirstInChain(IReadOnlyList<JudgedCheck> checks, CheckStatus status) =>
        checks.Where(c => c.Finding.Status == status).OrderBy(c => c.Link).FirstOrDefault();
}
