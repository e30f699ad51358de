namespace Guestclock.Formats;

/// <summary>
/// Files of shell assignments: /etc/os-release, /etc/default/*, /etc/sysconfig/*. Read, never executed: quotes and backslashes are
/// taken away, a later assignment replaces an earlier one, <c>NAME="$NAME more"</c> and <c>NAME+=more</c> append, other expansions stay as text.
/// </summary>
public static class ShellVariables
{
    /// <summary>As much text as expansions may add in one file; beyond it they stay as they are written (A=$A$A, many times over).</summary>
    private const int MostExpanded = 1 << 20;

    /// <param name="known">Values from files that were read before (a drop-in continues them); not changed.</param>
    public static IReadOnlyDictionary<string, string> Parse(string text, IReadOnlyDictionary<string, string>? known = null)
    {
        var variables = new Dictionary<string, string>(known ?? new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal);
        var at = 0;
        var budget = MostExpanded;
        while (at < text.Length)
        {
            SkipSpace(text, ref at);
            var nameStart = at;
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
                at++;
            var name = text[nameStart..at];
            if (name == "export")
                continue;
            var append = at + 1 < text.Length && text[at] == '+' && text[at + 1] == '=';
            if (append)
                at++;
            if (name.Length == 0 || char.IsAsciiDigit(name[0]) || at >= text.Length || text[at] != '=')
            {
                SkipLine(text, ref at);
                continue;
            }

            at++;
            var value = Word(text, ref at, variables, ref budget);
            variables[name] = append ? Appended(variables.GetValueOrDefault(name, ""), value, ref budget) : value;
        }

        return variables;
    }

    private static string Word(string text, ref int at, Dictionary<string, string> variables, ref int budget)
    {
        var word = new System.Text.StringBuilder();
        var quote = '\0';
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (quote == '\0' && (char.IsWhiteSpace(c) || c == ';'))
                break;
            if (c == quote)
                quote = '\0';
            else if (quote == '\0' && c is '"' or '\'')
                quote = c;
            else if (quote != '\'' && c == '\\' && at + 1 < text.Length)
                Escaped(text, ref at, quote, word);
            else if (quote != '\'' && c == '$')
                Expand(text, ref at, variables, word, ref budget);
            else
                word.Append(c);
        }

        return word.ToString();
    }

    private static string Appended(string before, string value, ref int budget)
    {
        if (before.Length > budget)
            return value;
        budget -= before.Length;
        return before + value;
    }

    private static void Escaped(string text, ref int at, char quote, System.Text.StringBuilder word)
    {
        var next = text[++at];
        if (next == '\n')
            return;
        if (quote == '"' && next is not ('"' or '\\' or '$' or '`'))
            word.Append('\\');
        word.Append(next);
    }

    private static void Expand(string text, ref int at, Dictionary<string, string> variables, System.Text.StringBuilder word, ref int budget)
    {
        var braces = at + 1 < text.Length && text[at + 1] == '{';
        var start = at + (braces ? 2 : 1);
        var end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            end++;
        var name = text[start..end];
        var closed = !braces || (end < text.Length && text[end] == '}');
        if (name.Length > 0 && closed && variables.TryGetValue(name, out var value) && value.Length <= budget)
        {
            budget -= value.Length;
            word.Append(value);
            at = braces ? end : end - 1;
        }
        else
        {
            word.Append('$');
        }
    }

    private static void SkipSpace(string text, ref int at)
    {
        while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] == ';'))
            at++;
    }

    private static void SkipLine(string text, ref int at)
    {
        var end = text.IndexOf('\n', at);
        at = end < 0 ? text.Length : end + 1;
    }
}
