namespace Guestclock.Formats;

/// <summary>One assignment of an ini file.</summary>
/// <param name="Line">Line number from 1.</param>
/// <param name="Section">Without brackets; empty before the first one.</param>
public sealed record IniEntry(int Line, string Section, string Key, string Value);

/// <summary>
/// Files of sections and assignments as systemd reads them (systemd.syntax(7)): comments are whole lines that begin with <c>#</c> or
/// <c>;</c>, a backslash at the end of a line continues it, keys may repeat. Lines of another form are passed over, as systemd does.
/// </summary>
public static class IniFile
{
    public static IReadOnlyList<IniEntry> Parse(string text)
    {
        var entries = new List<IniEntry>();
        var section = "";
        var number = 0;
        var start = 0;
        var pending = "";
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            number++;
            var line = raw.Trim();
            if (line.Length > 0 && line[0] is '#' or ';')
                continue;
            if (pending.Length == 0)
                start = number;
            if (line.EndsWith("\\"))
            {
                pending += line[..^1].ToString() + " ";
                continue;
            }

            var whole = pending + line.ToString();
            pending = "";
            Add(entries, start, whole.Trim(), ref section);
        }

        return entries;
    }

    private static void Add(List<IniEntry> entries, int number, string line, ref string section)
    {
        if (line.StartsWith('[') && line.EndsWith(']'))
        {
            section = line[1..^1];
            return;
        }

        var at = line.IndexOf('=', StringComparison.Ordinal);
        if (at > 0)
            entries.Add(new(number, section, line[..at].TrimEnd(), line[(at + 1)..].TrimStart()));
    }
}
