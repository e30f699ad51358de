using Guestclock.Formats.Boot;

namespace Guestclock.Formats.Editing;

/// <summary>Places in the text of a boot menu: its lines with their offsets, and what is put in the place of a part of them.</summary>
internal sealed class MenuLines(string text)
{
    private static readonly char[] Blanks = [' ', '\t', '\v', '\f', '\r', '\n'];

    private readonly int[] _starts = Starts(text);
    private readonly List<(int Start, int End, string Text)> _changes = [];

    public int Count => _starts.Length;

    /// <summary>From its first character up to its line end, of the n-th line, from 1.</summary>
    public (int Start, int End) Line(int number)
    {
        var (start, end) = (_starts[number - 1], number < _starts.Length ? _starts[number] : text.Length);
        if (end > start && text[end - 1] == '\n')
            end--;
        while (end > start && text[end - 1] == '\r')
            end--;
        return (start, end);
    }

    /// <summary>As <see cref="Line"/>, with the lines that its backslashes join to it.</summary>
    public (int Start, int End) Joined(int number)
    {
        var (start, end) = Line(number);
        while (end > start && text[end - 1] == '\\' && number < _starts.Length)
            (_, end) = Line(++number);
        return (start, end);
    }

    /// <summary>Notes a change; each begins behind the end of the one before.</summary>
    /// <exception cref="MalformedInputException">It does not: two entries of the menu share a line.</exception>
    public void Put(int start, int end, string with)
    {
        if (end < start || (_changes.Count > 0 && start < _changes[^1].End))
            throw Unknown();
        _changes.Add((start, end, with));
    }

    /// <summary>The text with all changes.</summary>
    public string Result()
    {
        var result = new System.Text.StringBuilder();
        var at = 0;
        foreach (var (start, end, with) in _changes)
        {
            result.Append(text, at, start - at).Append(with);
            at = end;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>Reads the result again: every entry is what it was except for its arguments, and those are what was wanted.</summary>
    /// <exception cref="MalformedInputException">They are not: the file is of a form that is not edited.</exception>
    public static string Verified(string result, LoaderFile before, LoaderFile after, Func<int, string, string> change)
    {
        var same = before.Default == after.Default && before.Entries.Count == after.Entries.Count && before.Includes.SequenceEqual(after.Includes)
            && before.Remarks.Count == after.Remarks.Count;
        for (var i = 0; same && i < before.Entries.Count; i++)
        {
            var (old, now) = (before.Entries[i], after.Entries[i]);
            same = old.Title == now.Title && old.Kernel == now.Kernel && old.Path.SequenceEqual(now.Path)
                && Words(change(i, old.Arguments)).SequenceEqual(Words(now.Arguments));
        }

        return same ? result : throw Unknown();
    }

    private static MalformedInputException Unknown() => new("the boot menu is written in a form that is not edited here; change it by hand");

    private static IEnumerable<string> Words(string arguments) => arguments.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);

    private static int[] Starts(string text)
    {
        var starts = new List<int> { 0 };
        for (var at = text.IndexOf('\n'); at >= 0 && at + 1 < text.Length; at = text.IndexOf('\n', at + 1))
            starts.Add(at + 1);
        return [.. starts];
    }
}
