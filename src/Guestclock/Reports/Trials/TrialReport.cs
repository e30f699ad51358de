using Guestclock.Checks;
using Guestclock.Trials;

namespace Guestclock.Reports.Trials;

/// <summary>What <c>probe</c> and <c>test</c> report; the renderers decide nothing.</summary>
/// <param name="Sound">What holds when nothing is wrong, as a sentence without a full stop: <c>this host's KVM gives guests a sound clock</c>.</param>
/// <param name="Machine">What was tested, part by part: host, kernel, CPU, clock source; what is not known is left out.</param>
/// <param name="Trials">In the order of the catalogue.</param>
public sealed record TrialReport(string Sound, IReadOnlyList<string> Machine, IReadOnlyList<JudgedTrial> Trials)
{
    public TrialVerdict Verdict { get; } = TrialVerdict.Of(Trials);

    /// <summary>What else is to be said at the end, each a sentence without a full stop: interrupted, not tested as this user.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    public IEnumerable<JudgedTrial> With(CheckStatus status) => Trials.Where(t => t.Finding.Status == status);

    public int Count(CheckStatus status) => With(status).Count();

    /// <summary>The verdict in one sentence without a full stop.</summary>
    public string Summary
    {
        get
        {
            if (Verdict.Worst is { } worst)
                return worst.Finding.Summary;
            var unknown = Count(CheckStatus.Unknown);
            if (Count(CheckStatus.Pass) == 0)
                return unknown > 0 ? "nothing could be judged" : "nothing was tested";
            return unknown == 0 ? Sound : $"{Sound} as far as can be seen; {unknown} {(unknown == 1 ? "property" : "properties")} could not be judged";
        }
    }
}
