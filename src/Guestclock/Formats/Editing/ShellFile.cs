namespace Guestclock.Formats.Editing;

/// <summary>
/// Changes one assignment in a file of shell assignments (/etc/default/*, /etc/sysconfig/*) and nothing else: quotes, comments, order and line
/// ends stay. A value of several quoted pieces, or with a command in it, is not touched but refused.
/// </summary>
public static class ShellFile
{
    /// <summary>The value between its quotes, as it is written; null where no line assigns the name.</summary>
    /// <exception cref="MalformedInputException">The value is of a form that is not edited here.</exception>
    public static string? Raw(string text, string name) => Find(text, name) is { } found ? text[found.Start..found.End] : null;

    /// <summary>Sets a plain value, in the quotes that are there, or in double quotes where it needs some.</summary>
    /// <param name="value">Without quotes, backslashes, '$' and '`'.</param>
    /// <exception cref="MalformedInputException">The present value is of a form that is not edited here.</exception>
    public static string Set(string text, string name, string value) => Change(text, name, _ => value);

    /// <summary>
    /// Changes the value of the last assignment of a name; where there is none, it is added: behind a line that shows it as a comment, else at the end.
    /// </summary>
    /// <param name="change">Gets the value as it is written between the quotes ("" where there is none), gives the new one.</param>
    /// <exception cref="MalformedInputException">The present value is of a form that is not edited here.</exception>
    public static string Change(string text, string name, Func<string, string> change)
    {
        if (Find(text, name) is { } found)
        {
            var old = text[found.Start..found.End];
            var value = change(old);
            if (value == old)
                return text;
            var quote = found.Quoted || IsPlain(value) ? "" : "\"";
            return text[..found.Start] + quote + value + quote + text[found.End..];
        }

        var newLine = LineEnd(text);
        var line = $"{name}={Quoted(change(""))}";
        if (Comment(text, name) is { } at)
            return text[..at] + line + newLine + text[at..];
        return text + (text.Length == 0 || text[^1] == '\n' ? "" : newLine) + line + newLine;
    }

    /// <summary>The line end that the file uses.</summary>
    public static string LineEnd(string text) => text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    private static string Quoted(string value) => value.Length > 0 && IsPlain(value) ? value : $"\"{value}\"";

    internal static bool IsPlain(string value)
    {
        foreach (var c in value)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !"_-./:=,+%@".Contains(c, StringComparison.Ordinal))
                return false;
        }

        return true;
    }

    private static (int Start, int End, bool Quoted)? Find(string text, string name)
    {
        (int Start, int End, bool Quoted)? found = null;
        var at = 0;
        while (at < text.Length)
        {
            var start = at;
            while (start < text.Length && text[start] is ' ' or '\t')
                start++;
            if (text.AsSpan(start).StartsWith("export ", StringComparison.Ordinal))
                start += "export ".Length;
            var next = NextLine(text, at);
            if (text.AsSpan(start).StartsWith(name, StringComparison.Ordinal) && start + name.Length < text.Length)
            {
                var equals = start + name.Length;
                if (text[equals] == '=')
                    found = Value(text, name, equals + 1);
                else if (text[equals] == '+' && equals + 1 < text.Length && text[equals + 1] == '=')
                    throw new MalformedInputException($"{name} is put together by '+='; change it by hand");
            }

            at = next;
        }

        return found;
    }

    internal static (int Start, int End, bool Quoted) Value(string text, string name, int at)
    {
        var quote = at < text.Length && text[at] is '"' or '\'' ? text[at] : '\0';
        var start = quote == '\0' ? at : at + 1;
        var end = start;
        while (end < text.Length && (quote == '\0' ? !char.IsWhiteSpace(text[end]) && text[end] != ';' : text[end] != quote))
        {
            if (text[end] == '`' || (text[end] == '$' && end + 1 < text.Length && text[end + 1] == '(') || (quote == '\0' && text[end] is '"' or '\'' or '\\'))
                throw new MalformedInputException($"the value of {name} is of several pieces or runs a command; change it by hand");
            end += quote == '"' && text[end] == '\\' && end + 1 < text.Length ? 2 : 1;
        }

        var after = quote == '\0' ? end : end + 1;
        if (end >= text.Length && quote != '\0')
            throw new MalformedInputException($"the value of {name} has no closing quote");
        if (after < text.Length && !char.IsWhiteSpace(text[after]) && text[after] is not (';' or '#'))
            throw new MalformedInputException($"the value of {name} is of several pieces; change it by hand");
        return (start, end, quote != '\0');
    }

    /// <summary>Behind the last line <c>#NAME=…</c>, or null.</summary>
    private static int? Comment(string text, string name)
    {
        int? found = null;
        for (var at = 0; at < text.Length; at = NextLine(text, at))
        {
            if (text[at] == '#' && text.AsSpan(at + 1).TrimStart(" \t").StartsWith(name + "=", StringComparison.Ordinal) && NextLine(text, at) is var next && text[next - 1] == '\n')
                found = next;
        }

        return found;
    }

    internal static int NextLine(string text, int at) => text.IndexOf('\n', at) is var end and >= 0 ? end + 1 : text.Length;
}
