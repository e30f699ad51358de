namespace Guestclock.Formats.Modules;

/// <summary>
/// Lists of modules to load at boot: modules-load.d(5), one name a line, '#' and ';' begin comments; and modules(5) of Debian's
/// /etc/modules, where parameters may follow the name.
/// </summary>
public static class ModulesLoad
{
    public static IReadOnlyList<string> Parse(string text)
    {
        var names = new List<string>();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var rest = line.Trim();
            if (rest.IsEmpty || rest[0] is '#' or ';')
                continue;
            var end = rest.IndexOfAny(' ', '\t', '#');
            names.Add(ModuleName.Normalise(end < 0 ? rest : rest[..end]));
        }

        return names;
    }
}
