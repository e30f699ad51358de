using Guestclock.Checks;
using Guestclock.Formats;

namespace Guestclock.Cli.Commands;

/// <summary>Which checks <c>--only</c> and <c>--skip</c> choose.</summary>
internal static class CheckFilter
{
    /// <summary>A test for the catalogue's checks; null when all are chosen.</summary>
    /// <exception cref="UsageException">A pattern names no check.</exception>
    public static Func<Check, bool>? Of(IReadOnlyList<string> only, IReadOnlyList<string> skip)
    {
        if (only.Count == 0 && skip.Count == 0)
            return null;
        var (wanted, unwanted) = (Patterns("--only", only), Patterns("--skip", skip));
        return check => (wanted.Count == 0 || wanted.Exists(p => Matches(p, check.Id))) && !unwanted.Exists(p => Matches(p, check.Id));
    }

    private static List<string> Patterns(string option, IReadOnlyList<string> given)
    {
        var patterns = given.SelectMany(g => g.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
        foreach (var pattern in patterns.Where(p => !Catalogue.All.Any(c => Matches(p, c.Id))))
            throw new UsageException($"{option} {pattern}: there is no such check{Nearest.Hint(pattern, Catalogue.All.Select(c => c.Id))}; 'guestclock explain' lists them");
        return patterns;
    }

    private static bool Matches(string pattern, string id) =>
        pattern.EndsWith('*') ? id.StartsWith(pattern[..^1], StringComparison.Ordinal) : pattern == id;
}
