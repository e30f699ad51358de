namespace Guestclock.Formats.Boot;

/// <summary>
/// A GRUB environment block (grub-core/lib/envblk.c): the line <c># GRUB Environment Block</c>, lines <c>name=value</c> in which a
/// backslash quotes the next character, and '#' up to the block's size.
/// </summary>
public static class GrubEnv
{
    public static IReadOnlyDictionary<string, string> Parse(string text)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        var value = new System.Text.StringBuilder();
        var at = 0;
        while (at < text.Length)
        {
            var lineEnd = End(text, at, '\n');
            if (text[at] == '#')
            {
                at = lineEnd + 1;
                continue;
            }

            var equals = text.IndexOf('=', at, lineEnd - at);
            if (equals < 0)
            {
                at = lineEnd + 1;
                continue;
            }

            var name = text[at..equals];
            value.Clear();
            for (at = equals + 1; at < text.Length && text[at] != '\n'; at++)
            {
                if (text[at] == '\\' && at + 1 < text.Length)
                    at++;
                value.Append(text[at]);
            }

            at++;
            variables[name] = value.ToString();
        }

        return variables;
    }

    private static int End(string text, int from, char mark) => text.IndexOf(mark, from) is var at and >= 0 ? at : text.Length;
}
