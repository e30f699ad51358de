using System.Text;

namespace Guestclock.Formats.Boot;

/// <summary>Replaces <c>$name</c> and <c>${name}</c> in the options of a boot entry; names that are not known stay as they are.</summary>
public static class BootVariables
{
    private const int MostExpanded = 1 << 16;

    public static string Expand(string text, IReadOnlyDictionary<string, string> variables)
    {
        if (!text.Contains('$', StringComparison.Ordinal))
            return text;
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var braces = i + 1 < text.Length && text[i + 1] == '{';
            var start = i + (braces ? 2 : 1);
            var end = start;
            while (text[i] == '$' && end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
                end++;
            if (end > start && (!braces || (end < text.Length && text[end] == '}'))
                && variables.TryGetValue(text[start..end], out var value)
                && result.Length + value.Length <= MostExpanded)
            {
                result.Append(value);
                i = braces ? end : end - 1;
            }
            else
            {
                result.Append(text[i]);
            }
        }

        return result.ToString();
    }
}
