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
        foreach (var setting in Settings(text))
            settings[setting.Name] = setting.Value;
        return settings;
    }

    /// <summary>The settings in the order of the text, with the places of their values.</summary>
    internal static IReadOnlyList<XlSetting> Settings(string text)
    {
        var settings = new List<XlSetting>();
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
                if (at < text.Length && text[at] == '=' && Value(text, start, name, ref at) is { } setting)
                    settings.Add(setting);
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

    private static XlSetting? Value(string text, int nameStart, string name, ref int at)
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

        var start = at;
        if (text[at] is '"' or '\'')
            return new(name, Quoted(text, ref at), nameStart, start, at);
        while (at < text.Length && text[at] is not ('\n' or ';' or '#'))
            at++;
        var value = text[start..at].Trim();
        return new(name, value, nameStart, start, start + value.Length);
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

/// <summary>One setting with its places in the text.</summary>
/// <param name="Value">Without quotes.</param>
/// <param name="NameStart">Where its name begins.</param>
/// <param name="Start">Where its value begins, quote included.</param>
/// <param name="End">Behind its value and quote.</param>
internal sealed record XlSetting(string Name, string Value, int NameStart, int Start, int End);
