namespace Guestclock.Formats.Boot;

/// <summary>
/// grub.conf and menu.lst of GRUB legacy (GRUB 0.97 manual, "Commands"): <c>default</c> counts titles from 0 or is <c>saved</c>;
/// a Xen entry has the hypervisor as <c>kernel</c> and Linux as its first <c>module</c> that is no hypervisor itself. A word and its value
/// may be joined by '='.
/// </summary>
public static class GrubLegacyConf
{
    public static LoaderFile Parse(string text)
    {
        var entries = new List<LoaderEntry>();
        var includes = new List<string>();
        var remarks = new List<string>();
        string? chosen = null;
        var titles = 0;
        MenuStep? step = null;
        (int Line, string Tail)? kernel = null, module = null;
        foreach (var (number, line) in LoaderLines.Of(text, joins: true))
        {
            var (word, rest) = Command(line);
            if (word.Length == 0 || word[0] == '#')
                continue;
            if (LoaderLines.Is(word, "title") || (LoaderLines.Is(word, "term") && rest.Length > 0))
            {
                Add(entries, step, kernel, module);
                var counts = LoaderLines.Is(word, "title");
                if (!counts)
                    remarks.Add($"line {number}: '{word}' is no word of GRUB; 'title' was meant, and without it the entry is not in "
                        + $"the menu");
                step = new(counts ? titles++ : -1, rest, "");
                (kernel, module) = (null, null);
            }
            else if (step is null && LoaderLines.Is(word, "default"))
            {
                chosen = rest;
            }
            else if (LoaderLines.Is(word, "configfile"))
            {
                includes.Add(rest);
            }
            else if (LoaderLines.Is(word, "kernel") || word == "/kernel")
            {
                kernel ??= (number, rest);
            }
            else if (LoaderLines.Is(word, "module"))
            {
                // Behind tboot the hypervisor is a module itself.
                if (module is null || !LoaderLines.IsLinux(LoaderLines.Split(module.Value.Tail).Word))
                    module = (number, rest);
            }
        }

        Add(entries, step, kernel, module);
        return new(entries, chosen, includes, remarks);
    }

    private static void Add(List<LoaderEntry> entries, MenuStep? step, (int Line, string Tail)? kernel, (int Line, string Tail)? module)
    {
        if (step is null || (module ?? kernel) is not { } linux)
            return;
        LoaderLines.Limit(entries.Count);
        var (path, arguments) = LoaderLines.Split(linux.Tail);
        while (path.StartsWith("--", StringComparison.Ordinal))
            (path, arguments) = LoaderLines.Split(arguments);
        if (LoaderLines.IsLinux(path))
            entries.Add(new(linux.Line, step.Title, path, arguments, [step]));
    }

    private static (string Word, string Tail) Command(string line)
    {
        var text = line.Trim();
        var end = 0;
        while (end < text.Length && text[end] is not (' ' or '\t' or '='))
            end++;
        return (text[..end], end < text.Length ? text[(end + 1)..].TrimStart(' ', '\t', '=') : "");
    }
}
