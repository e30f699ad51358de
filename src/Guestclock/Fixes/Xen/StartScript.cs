namespace Guestclock.Fixes.Xen;

/// <summary>rc.local and boot.local: takes out a command that does nothing but set independent_wallclock.</summary>
internal static class StartScript
{
    /// <summary>The text without these commands, where they stand on a line of their own and not in a block; else as it was.</summary>
    public static string Remove(string text)
    {
        // A here-document holds lines that are no commands.
        if (text.Contains("<<", StringComparison.Ordinal))
            return text;
        var lines = text.Split('\n');
        var kept = new List<string>(lines.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            if (!IsCommand(lines[i]) || Continues(lines, i))
                kept.Add(lines[i]);
            else if (i == lines.Length - 1)
                kept.Add(""); // The line end before the last line stays.
        }

        return string.Join('\n', kept);
    }

    private static bool IsCommand(string line)
    {
        var words = line.TrimEnd().Replace(">", " > ", StringComparison.Ordinal).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return line.Length > 0 && !char.IsWhiteSpace(line[0]) && words switch
        {
            ["echo", var value, ">", "/proc/sys/xen/independent_wallclock"] => IsValue(value.Trim('"', '\'')),
            ["sysctl" or "/sbin/sysctl", "-w", var setting] => IsSetting(setting),
            ["sysctl" or "/sbin/sysctl", "-q" or "-e", "-w", var setting] => IsSetting(setting),
            _ => false,
        };
    }

    private static bool IsSetting(string text) =>
        text.Split('=') is ["xen.independent_wallclock" or "xen/independent_wallclock", var value] && IsValue(value);

    private static bool IsValue(string text) => text is "0" or "1";

    /// <summary>The line before opens a block, which must not become empty, or goes on here.</summary>
    private static bool Continues(string[] lines, int at)
    {
        do
            at--;
        while (at >= 0 && lines[at].AsSpan().Trim() is [] or ['#', ..]);
        var last = at < 0 ? "" : lines[at].Trim();
        return last.EndsWith('\\') || last.EndsWith('|') || last.EndsWith("&&", StringComparison.Ordinal) || last.EndsWith('{') || last.EndsWith('(') || last.EndsWith(')')
            || last.Split([' ', '\t', ';'])[^1] is "then" or "do" or "else";
    }
}
