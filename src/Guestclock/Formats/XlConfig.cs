namespace Guestclock.Formats;

/// <summary>
/// A guest configuration of xl or xm (xl.cfg(5)): <c>name=value</c> with a quoted string, a number or a list in brackets; '#' begins a
/// remark, ';' or a line end ends a setting. Values that are lists are left out; a later setting replaces an earlier one.
/// </summary>
public static class XlConfig
{
    /// <summary>The settings by name, strings without their quotes.</summary>
    public static IReadOnlyDictionary<string, string> Parse(string text)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        var at = 0;
        while (at < text.Length)
        {
            var c = text[at];
            if (char.IsWhiteSpace(c) || c == ';')
            {
                at++;
            }
            else if (char.IsAsciiLetter(c) || c == '_')
            {
                var start = at;
                while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
                    at++;
                var name = text[start..at];
                while (at < text.Length && text[at] is ' ' or '\t')
                    at++;
                if (at < text.Length && text[at] == '=' && Value(text, ref at) is { } value)
                    settings[name] = value;
                else
                    SkipLine(text, ref at);
            }
            else
            {
                SkipLine(text, ref at);
            }
        }

        return settings;
    }

    private static string? Value(string text, ref int at)
    {
        at++;
        while (at < text.Length && text[at] is ' ' or '\t')
            at++;
        if (at >= text.Length)
            return null;
        if (text[at] == '[')
        {
            SkipList(text, ref at);
            return null;
        }

        if (text[at] is '"' or '\'')
            return Quoted(text, ref at);
        var start = at;
        while (at < text.Length && text[at] is not ('\n' or ';' or '#'))
            at++;
        return text[start..at].Trim();
    }

    private static string Quoted(string text, ref int at)
    {
        var quote = text[at++];
        var start = at;
        while (at < text.Length && text[at] != quote && text[at] != '\n')
            at += text[at] == '\\' && at + 1 < text.Length ? 2 : 1;
        var end = Math.Min(at, text.Length);
        at = Math.Min(at + 1, text.Length);
        return text[start..end];
    }

    private static void SkipList(string text, ref int at)
    {
        var depth = 0;
        while (at < text.Length)
        {
            var c = text[at];
            if (c is '"' or '\'')
            {
                Quoted(text, ref at);
                continue;
            }

            if (c == '#')
            {
                SkipLine(text, ref at);
                continue;
            }

            at++;
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (depth == 0)
                return;
        }
    }

    private static void SkipLine(string text, ref int at)
    {
        var end = text.IndexOf('\n', Math.Min(at, text.Length));
        at = end < 0 ? text.Length : end + 1;
    }
}
