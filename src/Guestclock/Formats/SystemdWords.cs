using System.Text;

namespace Guestclock.Formats;

/// <summary>
/// The words of an ExecStart= line (systemd.service(5), "COMMAND LINES"): quotes group, <c>${NAME}</c> stands for the value within a word,
/// a word that is <c>$NAME</c> becomes the words of the value; a name that is not known is empty.
/// </summary>
public static class SystemdWords
{
    public static IReadOnlyList<string> Split(string command, IReadOnlyDictionary<string, string> variables)
    {
        var words = new List<string>();
        foreach (var word in Quoted(command))
        {
            if (word.Length > 1 && word[0] == '$' && IsName(word.AsSpan(1)))
                words.AddRange(Quoted(variables.GetValueOrDefault(word[1..], "")));
            else
                words.Add(Expand(word, variables));
        }

        return words;
    }

    private static List<string> Quoted(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        var any = false;
        foreach (var c in text)
        {
            if (c == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && c is '"' or '\'')
            {
                quote = c;
                any = true;
            }
            else if (quote == '\0' && char.IsWhiteSpace(c))
            {
                if (any)
                    words.Add(word.ToString());
                word.Clear();
                any = false;
            }
            else
            {
                word.Append(c);
                any = true;
            }
        }

        if (any)
            words.Add(word.ToString());
        return words;
    }

    private static string Expand(string word, IReadOnlyDictionary<string, string> variables)
    {
        var text = new StringBuilder();
        for (var at = 0; at < word.Length; at++)
        {
            var end = word[at] == '$' && at + 1 < word.Length && word[at + 1] == '{' ? word.IndexOf('}', at) : -1;
            if (end < 0 || !IsName(word.AsSpan((at + 2)..end)))
            {
                text.Append(word[at]);
                continue;
            }

            text.Append(variables.GetValueOrDefault(word[(at + 2)..end], ""));
            at = end;
        }

        return text.ToString();
    }

    private static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
                return false;
        }

        return name.Length > 0;
    }
}
