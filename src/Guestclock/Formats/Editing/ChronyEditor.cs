namespace Guestclock.Formats.Editing;

/// <summary>
/// Changes single words of chrony.conf(5), by line as <see cref="TimeServices.ChronyConf"/> numbers them. Every other byte stays. Word 0 is the directive.
/// </summary>
public static class ChronyEditor
{
    /// <exception cref="MalformedInputException">There is no such line or word.</exception>
    public static string SetWord(string text, int line, int index, string word) => WordLines.Set(text, Words(text, line), index, word);

    /// <exception cref="MalformedInputException">There is no such line, or no word in it.</exception>
    public static string AddWord(string text, int line, string word) => WordLines.Add(text, Words(text, line), word);

    /// <exception cref="MalformedInputException">There is no such line or word, or the word is the directive.</exception>
    public static string RemoveWord(string text, int line, int index) => WordLines.Remove(text, Words(text, line), index);

    /// <summary>Another directive in the place of one, its blanks with it.</summary>
    /// <exception cref="MalformedInputException">There is no such line, or no word in it.</exception>
    public static string SetDirective(string text, int line, string directive)
    {
        var words = Words(text, line);
        return words.Count == 0 ? throw new MalformedInputException($"line {line}", "a directive", "none")
            : text[..words[0].Start] + directive + text[words[^1].End..];
    }

    /// <exception cref="MalformedInputException">There is no such line, or no word in it.</exception>
    public static string CommentOut(string text, int line) => WordLines.CommentOut(text, Words(text, line));

    /// <summary>A directive behind all others of the file.</summary>
    public static string Append(string text, string directive) => WordLines.Append(text, directive);

    private static List<(int Start, int End)> Words(string text, int line)
    {
        var (at, end) = WordLines.Find(text, line);
        var words = new List<(int, int)>();
        while (at < end)
        {
            var start = at;
            while (at < end && !IsBlank(text[at]))
                at++;
            if (at > start)
                words.Add((start, at));
            else
                at++;
        }

        return words;
    }

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\v' or '\f' or '\r';
}
