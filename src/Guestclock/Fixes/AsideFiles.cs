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
        [.. steps.OfType<FileStep>().Select(s => s with { Path = s.Path + Suffix, Before = draft.Read(s.Path + Suffix), Like = s.Before is null ? null : s.Path, LikeContent = s.Before })
            .Where(s => s.Before is null || !s.Before.AsSpan().SequenceEqual(s.After))];

    /// <summary>What is left to do for one who wrote files aside: compare, keep, rename, run, and the way back. Sentences end with a colon, commands are indented.</summary>
    /// <param name="root">The directory given as <c>--root</c>; null on the running machine.</param>
    public static IReadOnlyList<string> Instructions(Plan plan, string? root = null)
    {
        var below = root?.TrimEnd('/') ?? "";
        var files = plan.Steps.OfType<FileStep>().Where(s => s.Path.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(s => (New: Quoted(below + s.Path), Live: Quoted(below + s.Path[..^Suffix.Length]), Before: Quoted(below + s.Path[..^Suffix.Length] + ".before"), Replaces: s.Like is not null))
            .ToList();
        if (files.Count == 0)
            return [];
        var lines = new List<string>();
        if (files.Exists(f => f.Replaces))
            lines.Add("Compare; nothing but what was shown above may differ:");
        lines.AddRange(files.Where(f => f.Replaces).Select(f => $"  diff -u {f.Live} {f.New}"));
        lines.Add("Then put each in its place, onto the file itself and not onto a link to it:");
        foreach (var file in files)
        {
            if (file.Replaces)
                lines.Add($"  cp -p {file.Live} {file.Before}");
            lines.Add($"  mv {file.New} {file.Live}");
        }

        if (plan.AfterAside.Count > 0)
            lines.Add("Then have the boot loader's own files written from them:");
        lines.AddRange(plan.AfterAside.Select(p => $"  {p.Line}"));
        if (files.Exists(f => f.Replaces))
            lines.Add("To go back, since a rollback knows nothing of your renaming:");
        lines.AddRange(files.Where(f => f.Replaces).Select(f => $"  mv {f.Before} {f.Live}"));
        return lines;
    }

    private static string Quoted(string path) =>
        path.All(c => char.IsAsciiLetterOrDigit(c) || "/._+-".Contains(c, StringComparison.Ordinal)) ? path
            : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
