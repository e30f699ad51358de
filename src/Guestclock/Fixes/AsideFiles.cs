using Guestclock.Fixes.Steps;

namespace Guestclock.Fixes;

/// <summary>
/// <c>--aside</c>: the changed boot files are written beside the live ones as NAME.kvm, as ktune's fix_clock_drift.sh did, and the last step is
/// the administrator's.
/// </summary>
public static class AsideFiles
{
    public const string Suffix = ".kvm";

    /// <summary>The same changes, each in a file of its own beside the live one; nothing else runs.</summary>
    public static IReadOnlyList<FixStep> Of(IReadOnlyList<FixStep> steps, Draft draft) =>
        [.. steps.OfType<FileStep>().Select(s => s with { Path = s.Path + Suffix, Before = draft.Read(s.Path + Suffix) })
            .Where(s => s.Before is null || !s.Before.AsSpan().SequenceEqual(s.After))];
}
