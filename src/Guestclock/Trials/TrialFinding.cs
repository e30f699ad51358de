using Guestclock.Checks;

namespace Guestclock.Trials;

/// <summary>How a tested property turned out.</summary>
/// <param name="Summary">One sentence without a full stop: what was seen.</param>
/// <param name="Reason">Why it is unknown or does not apply; else null or a remark.</param>
public sealed record TrialFinding(CheckStatus Status, string Summary, IReadOnlyList<Figure> Figures, string? Reason = null)
{
    /// <summary>What it means; only what differs from the normal case is said.</summary>
    public Meaning Means { get; init; } = Meaning.Nothing;

    /// <summary>The name of the repair that mends it, where there is one; <c>guestclock fix --only</c> takes the checks of that repair.</summary>
    public string? Fix { get; init; }

    public static TrialFinding Pass(string summary, params IReadOnlyList<Figure> figures) => new(CheckStatus.Pass, summary, figures);

    public static TrialFinding Info(string summary, params IReadOnlyList<Figure> figures) => new(CheckStatus.Info, summary, figures);

    public static TrialFinding Warning(string summary, params IReadOnlyList<Figure> figures) => new(CheckStatus.Warning, summary, figures);

    public static TrialFinding Critical(string summary, params IReadOnlyList<Figure> figures) => new(CheckStatus.Critical, summary, figures);

    public static TrialFinding Unknown(string summary, string reason) => new(CheckStatus.Unknown, summary, [], reason);

    public static TrialFinding NotApplicable(string reason) => new(CheckStatus.NotApplicable, "does not apply", [], reason);
}

/// <summary>What a property means for whom; each a sentence without a full stop, or null where there is nothing to say.</summary>
public sealed record Meaning(string? Linux = null, string? Windows = null, string? Migration = null)
{
    public static Meaning Nothing { get; } = new();
}
