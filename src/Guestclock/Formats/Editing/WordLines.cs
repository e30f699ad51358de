namespace Guestclock.Formats.Editing;

/// <summary>Edits one word of one line of a text and nothing else: blanks, order, line ends and a missing last one stay.</summary>
internal static class WordLines
{
    /// <summary>Where a line begins and ends, without its line end.</summary>
    /// <param name="number">From 1.</param>
    /// <exception cref="MalformedInputException">There is no such line.</exception>
    public static (int Start, int End) Find(string text, int number)
    {
        var start = 0;
        for (var n = 1; n < number; n++)
        {
            start = text.IndexOf('\n', start) + 1;
            if (start == 0)
                throw new MalformedInputException($"line {number}", "a line", "the end of the file");
        }

        var end = text.IndexOf('\n', start);
        end = end < 0 ? text.Length : end;
        return (start, end > start && text[end - 1] == '\r' ? end - 1 : end);
    }

    /// <summary>Another word in the place of one.</summary>
    public static string Set(string text, IReadOnlyList<(int Start, int End)> words, int index, string word)
    {
        var (start, end) = At(words, index);
        return text[..start] + word + text[end..];
    }

    /// <summary>A word behind the last one.</summary>
    public static string Add(string text, IReadOnlyList<(int Start, int End)> words, string word)
    {
        var end = At(words, words.Count - 1).End;
        return text[..end] + " " + word + text[end..];
    }

    /// <summary>One word less, and the blanks before it.</summary>
    public static string Remove(string text, IReadOnlyList<(int Start, int End)> words, int index)
    {
        var end = At(words, index).End;
        return index == 0 ? throw new MalformedInputException("the line", "a directive", "nothing") : text[..words[index - 1].End] + text[end..];
    }

    /// <summary>The line becomes a comment.</summary>
    public static string CommentOut(string text, IReadOnlyList<(int Start, int End)> words)
    {
        var start = At(words, 0).Start;
        return text[..start] + "#" + text[start..];
    }

    /// <summary>One line more at the end; a last line without a line end stays so.</summary>
    public static string Append(string text, string line)
    {
        var newLine = ShellFile.LineEnd(text);
        return text.Length == 0 || text[^1] == '\n' ? text + line + newLine : text + newLine + line;
    }

    private static (int Start, int End) At(IReadOnlyList<(int Start, int End)> words, int index) =>
        index >= 0 && index < words.Count ? words[index] : throw new MalformedInputException("the line", $"{index + 1} words", $"{words.Count}");
}
