namespace Guestclock.Formats.Boot;

/// <summary>
/// Which entry of a menu a <c>default</c> names: by index from 0, id or title, with '>' between submenu and entry (GRUB 2 manual,
/// "default").
/// </summary>
public static class MenuChoice
{
    /// <param name="chosen">Null or empty: the first entry of the menu.</param>
    /// <returns>Null when it names none of the Linux entries (another system, or an entry that is gone).</returns>
    public static LoaderEntry? Pick(IReadOnlyList<LoaderEntry> entries, string? chosen)
    {
        var name = string.IsNullOrWhiteSpace(chosen) ? "0" : chosen.Trim();
        foreach (var entry in entries)
        {
            if (entry.Path.Count > 0 && entry.Path[^1].Index >= 0 && Matches(entry.Path, name))
                return entry;
        }

        return null;
    }

    private static bool Matches(IReadOnlyList<MenuStep> path, string name)
    {
        if (path.Count == 1 && Matches(path[0], name))
            return true;
        var steps = name.Split('>');
        if (steps.Length != path.Count)
            return false;
        for (var i = 0; i < steps.Length; i++)
        {
            if (!Matches(path[i], steps[i].Trim()))
                return false;
        }

        return true;
    }

    private static bool Matches(MenuStep step, string name) =>
        name == step.Title || (name.Length > 0 && name == step.Id) || (int.TryParse(name, out var index) && index == step.Index);
}
