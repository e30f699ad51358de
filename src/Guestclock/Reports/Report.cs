using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Judging;

namespace Guestclock.Reports;

/// <summary>Everything a report tells; the renderers decide nothing.</summary>
/// <param name="ToolVersion">The version of this program.</param>
/// <param name="TakenAt">When the facts were read (UTC); of a recording, when it was made.</param>
/// <param name="IsLive">True for the running machine, false for an image or a recording.</param>
public sealed record Report(string ToolVersion, DateTimeOffset TakenAt, bool IsLive, MachineFacts Facts, Judgement Judgement)
{
    public const string ToolName = "guestclock";

    public Verdict Verdict => Judgement.Verdict;

    public IEnumerable<JudgedCheck> With(CheckStatus status) => Judgement.Checks.Where(c => c.Finding.Status == status);

    public int Count(CheckStatus status) => With(status).Count();

    /// <summary>Names of checks that root could judge and this user could not.</summary>
    public IReadOnlyList<string> NeedsRoot =>
        Facts.Identity.IsRoot.Is(r => !r) ? With(CheckStatus.Unknown).Where(c => c.Finding.Because == FactState.Denied).Select(c => c.Check.Id).ToList() : [];

    /// <summary>The role was not recorded and nobody has said it.</summary>
    public bool IsRoleToSay => Facts.Identity.Roles.State == FactState.NotRecorded;

    /// <summary>Probes that did not come to an end.</summary>
    public IEnumerable<ProbeRun> FailedProbes => Facts.Probes.Where(p => p.State != FactState.Known);

    /// <summary>Where a reader finds the page of a check.</summary>
    public static string PageOf(Check check) => $"docs/checks/{check.Id}.md";
}
