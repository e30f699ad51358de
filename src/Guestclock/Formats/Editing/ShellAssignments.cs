namespace Guestclock.Formats.Editing;

/// <summary>One assignment of a shell file.</summary>
/// <param name="Start">Where the value begins, behind its quote.</param>
/// <param name="Continues">It goes on from the value before: <c>NAME="$NAME more"</c>, <c>NAME+=more</c>.</param>
public readonly record struct ShellAssignment(int Start, int End, bool IsQuoted, bool Continues)
{
    public string Raw(string text) => text[Start..End];

    public TextSpan Span => new(Start, End);

    /// <summary>Another value, in double quotes where it needs some and has none.</summary>
    public string Quoted(string text, string raw) => IsQuoted || raw == Raw(text) || ShellFile.IsPlain(raw) ? raw : $"\"{raw}\"";
}

/// <summary>All assignments of one name in a file of shell assignments.</summary>
public static class ShellAssignments
{
    /// <exception cref="MalformedInputException">A value is of a form that is not edited here.</exception>
    public static IReadOnlyList<ShellAssignment> Of(string text, string name)
    {
        var all = new List<ShellAssignment>();
        var next = 0;
        for (var at = 0; at < text.Length; at = next)
        {
            next = ShellFile.NextLine(text, at);
            var start = at;
            while (start < text.Length && text[start] is ' ' or '\t')
                start++;
            if (text.AsSpan(start).StartsWith("export ", StringComparison.Ordinal))
                start += "export ".Length;
            if (!text.AsSpan(start).StartsWith(name, StringComparison.Ordinal))
                continue;
            var rest = text.AsSpan(start + name.Length);
            var appends = rest.StartsWith("+=", StringComparison.Ordinal);
            if (!appends && !rest.StartsWith("=", StringComparison.Ordinal))
                continue;
            var value = ShellFile.Value(text, name, start + name.Length + (appends ? 2 : 1));
            var raw = text.AsSpan(value.Start, value.End - value.Start);
            var isLiteral = value.Quoted && text[value.Start - 1] == '\'';
            all.Add(new(value.Start, value.End, value.Quoted, appends || (!isLiteral && Names(raw, name))));
            // A value in quotes may go on over several lines.
            next = Math.Max(next, ShellFile.NextLine(text, value.End));
        }

        return all;
    }

    private static bool Names(ReadOnlySpan<char> raw, string name)
    {
        for (var at = raw.IndexOf('$'); at >= 0 && at < raw.Length;)
        {
            var from = at + (at + 1 < raw.Length && raw[at + 1] == '{' ? 2 : 1);
            var rest = raw[from..];
            if (rest.StartsWith(name, StringComparison.Ordinal) && (rest.Length == name.Length || !(char.IsAsciiLetterOrDigit(rest[name.Length]) || rest[name.Length] == '_')))
                return true;
            var more = rest.IndexOf('$');
            at = more < 0 ? -1 : from + more;
        }

        return false;
    }
}
