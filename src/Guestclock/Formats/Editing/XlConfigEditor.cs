namespace Guestclock.Formats.Editing;

/// <summary>Changes one setting in a guest configuration of xl or xm and nothing else: comments, quotes, order and line ends stay.</summary>
public static class XlConfigEditor
{
    /// <summary>Sets the value of the last setting of a name, which is the one that counts.</summary>
    /// <param name="value">A number, or a name, which goes between the quotes that are there.</param>
    /// <exception cref="MalformedInputException">There is none, or the file is a program of Python rather than a list of settings.</exception>
    public static string Set(string text, string name, string value)
    {
        if (text.Contains("\"\"\"", StringComparison.Ordinal) || text.Contains("'''", StringComparison.Ordinal))
            throw new MalformedInputException("a text of several lines in the configuration is not edited here; change it by hand");
        var settings = XlConfig.Settings(text);
        var found = settings.LastOrDefault(s => s.Name == name) ?? throw new MalformedInputException($"no line sets {name}");
        if (found.Value == value && !IsBare(text, found, value))
            return text;
        var line = text.LastIndexOf('\n', Math.Max(0, found.NameStart - 1)) + 1;
        if (found.NameStart > line && char.IsWhiteSpace(text[line]) && HasBlocks(text))
            throw new MalformedInputException($"{name} is set inside a block of Python; change it by hand");
        var quote = text[found.Start] is '"' or '\'' ? text[found.Start] : '\0';
        if (!IsPlain(found.Value) || (quote == '\0' && found.Value.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '_'))
            || (quote != '\0' && (found.End - found.Start < 2 || text[found.End - 1] != quote)) || !EndsThere(text, found.End))
            throw new MalformedInputException($"the value of {name} is of a form that is not edited here; change it by hand");
        var written = value.All(char.IsAsciiDigit) ? value : (quote == '\0' ? '"' : quote) is var q ? $"{q}{value}{q}" : value;
        var edited = text[..found.Start] + written + text[found.End..];
        var after = XlConfig.Settings(edited);
        return after.Count == settings.Count && after.Zip(settings).All(p => p.First.Name == p.Second.Name && p.First.Value == (p.Second == found ? value : p.Second.Value))
            ? edited : throw new MalformedInputException("the edit would change more than one setting; change it by hand");
    }

    /// <summary>A name without quotes, which neither xl nor Python takes.</summary>
    private static bool IsBare(string text, XlSetting setting, string value) => !value.All(char.IsAsciiDigit) && text[setting.Start] is not ('"' or '\'');

    private static bool IsPlain(string value) => value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or ' ' or '.');

    private static bool EndsThere(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\r')
            at++;
        return at == text.Length || text[at] is '\n' or ';' or '#';
    }

    private static bool HasBlocks(string text) => text.Split('\n').Any(l => l.AsSpan().TrimEnd().EndsWith(":") && !l.AsSpan().TrimStart().StartsWith("#"));
}
