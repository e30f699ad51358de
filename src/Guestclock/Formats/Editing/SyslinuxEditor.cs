using Guestclock.Formats.Boot;

namespace Guestclock.Formats.Editing;

/// <summary>
/// Changes the kernel's arguments in syslinux.cfg and extlinux.conf and nothing else: on the <c>APPEND</c> line of an entry. An entry that takes
/// the common <c>APPEND</c> above all labels, or has none, gets a line of its own behind its kernel.
/// </summary>
public static class SyslinuxEditor
{
    /// <inheritdoc cref="GrubLegacyEditor.Change"/>
    public static string Change(string text, Func<int, string, string> change)
    {
        var before = SyslinuxConf.Parse(text);
        var lines = new MenuLines(text);
        for (var i = 0; i < before.Entries.Count; i++)
        {
            var entry = before.Entries[i];
            var now = change(i, entry.Arguments);
            if (now == entry.Arguments)
                continue;
            if (Append(text, lines, entry.Line) is not { } append)
            {
                var (start, end) = lines.Line(entry.Line);
                var indent = text[start..end][..^text[start..end].TrimStart().Length];
                lines.Put(end, end, $"{ShellFile.LineEnd(text)}{indent}APPEND {now}");
            }
            else
            {
                var blank = char.IsWhiteSpace(text[append.Start - 1]) ? "" : " ";
                lines.Put(append.Start, append.End, blank + (text[append.Start..append.End] is "-" ? now : change(i, text[append.Start..append.End])));
            }
        }

        var result = lines.Result();
        return result == text ? text : MenuLines.Verified(result, before, SyslinuxConf.Parse(result), change);
    }

    /// <summary>Where the arguments stand that count for the label around a line: its last APPEND.</summary>
    private static (int Start, int End)? Append(string text, MenuLines lines, int line)
    {
        var first = line;
        while (first > 1 && Word(text, lines, first) != "LABEL")
            first--;
        (int, int)? found = null;
        for (var number = first + 1; number <= lines.Count && Word(text, lines, number) is var word and not "LABEL"; number++)
        {
            if (word != "APPEND")
                continue;
            var (start, end) = lines.Line(number);
            var at = start + text[start..end].IndexOf(word, StringComparison.OrdinalIgnoreCase) + word.Length;
            while (at < end && char.IsWhiteSpace(text[at]))
                at++;
            found = (at, at + text[at..end].TrimEnd().Length);
        }

        return found;
    }

    private static string Word(string text, MenuLines lines, int number)
    {
        var (start, end) = lines.Line(number);
        return LoaderLines.Split(text[start..end]).Word.ToUpperInvariant();
    }
}
