using System.Text.Json.Serialization;
using Guestclock.Facts;
using Guestclock.Json;
using Guestclock.Remedies;

namespace Guestclock.Checks;

/// <summary>How a check ended. The names are frozen.</summary>
[JsonConverter(typeof(KebabEnumConverter<CheckStatus>))]
public enum CheckStatus
{
    Pass,

    /// <summary>Worth knowing; nothing is wrong.</summary>
    Info,

    /// <summary>One event (a pause, a reboot, an update, a failed server) away from a wrong clock.</summary>
    Warning,

    /// <summary>The clock is wrong or will be.</summary>
    Critical,

    /// <summary>The facts that it needs are not known.</summary>
    Unknown,

    /// <summary>Nothing to judge on this machine; the reason says why.</summary>
    NotApplicable,
}

/// <summary>What a check found.</summary>
/// <param name="Summary">One sentence without a full stop: what is so on this machine.</param>
/// <param name="Reason">Why a check is unknown or does not apply; else null or a remark.</param>
/// <param name="Because">For unknown: the state of the fact that was missing.</param>
public sealed record Finding(CheckStatus Status, string Summary, IReadOnlyList<EvidenceItem> Evidence, string? Reason = null, Remedy? Remedy = null,
    FactState Because = FactState.Known)
{
    public static Finding Pass(string summary, params IReadOnlyList<EvidenceItem> evidence) => new(CheckStatus.Pass, summary, evidence);

    public static Finding Info(string summary, params IReadOnlyList<EvidenceItem> evidence) => new(CheckStatus.Info, summary, evidence);

    public static Finding Warning(string summary, Remedy? remedy, params IReadOnlyList<EvidenceItem> evidence) =>
        new(CheckStatus.Warning, summary, evidence, null, remedy);

    public static Finding Critical(string summary, Remedy? remedy, params IReadOnlyList<EvidenceItem> evidence) =>
        new(CheckStatus.Critical, summary, evidence, null, remedy);

    public static Finding NotApplicable(string reason, params IReadOnlyList<EvidenceItem> evidence) =>
        new(CheckStatus.NotApplicable, "does not apply", evidence, reason);

    /// <summary>Not judged because <paramref name="fact"/> is not known; <paramref name="name"/> is what a user calls the fact.</summary>
    public static Finding Unknown(string name, IFact fact) =>
        new(CheckStatus.Unknown, $"cannot tell without knowing {name}", [EvidenceItem.Of(name, fact)], fact.Why ?? "not known", null, fact.State);

    /// <summary>Not judged for a reason of its own.</summary>
    public static Finding Unknown(string summary, string reason, FactState because, params IReadOnlyList<EvidenceItem> evidence) =>
        new(CheckStatus.Unknown, summary, evidence, reason, null, because);
}

/// <summary>One value that the judgement rests on, and where it was read.</summary>
public sealed record EvidenceItem(string Fact, string Value, string Source)
{
    /// <summary>The value of a fact, or in its place why there is none.</summary>
    public static EvidenceItem Of(string name, IFact fact, string? value = null) =>
        new(name, fact.IsKnown ? value ?? ValueOf(fact) : $"not known: {fact.Why}", fact.Source);

    private static string ValueOf(IFact fact) => fact switch
    {
        Fact<string> f => f.Value!,
        Fact<bool> f => f.Value ? "yes" : "no",
        Fact<long> f => f.Value.ToString(),
        Fact<IReadOnlyList<string>> f => string.Join(' ', f.Value!),
        Fact<Formats.KernelArguments> f => f.Value!.Text,
        _ => "known",
    };
}
