namespace Guestclock.Formats.Editing;

/// <summary>
/// Changes single words of ntp.conf(5), by line as <see cref="TimeServices.NtpConf"/> numbers them. Every other byte stays. Word 0 is the directive.
/// </summary>
public static class NtpConfEditor
{
    /// <exception cref="MalformedInputException">There is no such line or word.</exception>
    public static string SetWord(string text, int line, int index, string word) => WordLines.Set(text, Words(text, line), index, word);

    /// <summary>A directive before all others of the file, where <c>tinker</c> belongs.</summary>
    public static string Prepend(string text, string directive)
    {
        // A byte order mark stays the first thing of the file.
        var start = text.StartsWith("\u00EF\u00BB\u00BF", StringComparison.Ordinal) ? 3 : 0;
        return text[..start] + directive + ShellFile.LineEnd(text) + text[start..];
    }

    /// <summary>Where the words stand; of a quoted one what is between the quotes.</summary>
    private static List<(int Start, int End)> Words(string text, int line)
    {
        var (at, end) = WordLines.Find(text, line);
        var words = new List<(int, int)>();
        while (at < end && text[at] != '#')
        {
            if (IsBlank(text[at]))
            {
                at++;
            }
            else if (text[at] == '"')
            {
                var close = text.IndexOf('"', at + 1, end - at - 1) is var found and >= 0 ? found : end;
                words.Add((at + 1, close));
                at = Math.Min(close + 1, end);
            }
            else
            {
                var start = at;
                at = Unquoted(text, at, end);
                words.Add((start, at));
            }
        }

        return words;
    }

    private static int Unquoted(string text, int at, int end)
    {
        while (at < end && !IsBlank(text[at]))
            at++;
        return at;
    }

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\v' or '\f' or '\r';
}
