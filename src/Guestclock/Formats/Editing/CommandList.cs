using Guestclock.Formats.Agent;

namespace Guestclock.Formats.Editing;

/// <summary>Changes qemu-ga's lists of commands, which are separated by commas; the other names, their order and their spacing stay.</summary>
public static class CommandList
{
    /// <summary>The list without these commands.</summary>
    public static string Without(string list, IReadOnlyList<string> commands) =>
        QemuGaConf.List(list)!.Any(c => commands.Contains(c, StringComparer.Ordinal))
            ? string.Join(',', list.Split(',').Where(c => !commands.Contains(c, StringComparer.Ordinal))) : list;

    /// <summary>The list with these commands; an empty one stays empty, for it allows everything.</summary>
    public static string With(string list, IReadOnlyList<string> commands)
    {
        var names = QemuGaConf.List(list)!;
        var missing = commands.Where(c => !names.Contains(c, StringComparer.Ordinal)).ToList();
        return names.Count == 0 || missing.Count == 0 ? list : list.TrimEnd(',') + "," + string.Join(',', missing);
    }

    /// <summary>A command line whose options block none of these commands, and allow all of them where they list what is allowed.</summary>
    /// <param name="line">Words of qemu-ga's options (qemu-ga(8)), as <c>--allow-rpcs=guest-ping,guest-sync</c>.</param>
    public static string Allow(string line, IReadOnlyList<string> commands)
    {
        var words = line.Split(' ');
        for (var i = 0; i < words.Length; i++)
        {
            var (head, own) = Option(words[i]);
            if (head is null)
                continue;
            var at = own is null ? i + 1 : i;
            if (at >= words.Length)
                break;
            var list = own ?? words[at];
            var changed = head[..2] is "-a" || head.StartsWith("--allow", StringComparison.Ordinal) ? With(list, commands) : Without(list, commands);
            words[at] = own is null ? changed : head + changed;
            i = at;
        }

        return string.Join(' ', words);
    }

    /// <summary>The option as it is written up to its list, and the list where it stands in the same word; null for another word.</summary>
    private static (string? Head, string? List) Option(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? word : word[..equals];
        if (name is "--block-rpcs" or "--blacklist" or "--allow-rpcs")
            return equals < 0 ? (name, null) : (word[..(equals + 1)], word[(equals + 1)..]);
        if (word.Length < 2 || word[0] != '-' || word[1] is not ('a' or 'b'))
            return (null, null);
        return word.Length == 2 ? (word, null) : (word[..2], word[2..]);
    }
}
