using Guestclock.Formats.TimeServices;

namespace Guestclock.Formats.Editing;

/// <summary>Takes -x out of chronyd's options, and nothing else: other options, their arguments and the spacing stay.</summary>
public static class ChronydOptions
{
    /// <param name="options">As they stand between the quotes: <c>-F 1 -x</c>.</param>
    /// <exception cref="MalformedInputException">The options are of a form in which -x is not found.</exception>
    public static string WithoutNoSet(string options)
    {
        for (var i = 0; i < options.Length && Sets(options) is false; i++)
        {
            var (start, end) = Find(options) ?? throw new MalformedInputException($"'{options}' says -x in a form that is not edited here");
            options = options[..start] + options[end..];
        }

        return options;
    }

    private static bool Sets(string options) => !DaemonOptions.Chronyd(Words(options).Select(w => options[w.Start..w.End])).Has('x');

    /// <summary>The letter x of the last word that holds it as an option, or that whole word with the space before it.</summary>
    private static (int Start, int End)? Find(string options)
    {
        var words = Words(options);
        for (var i = words.Count - 1; i >= 0; i--)
        {
            var (start, end) = words[i];
            for (var at = end - 1; at > start && options[start] == '-'; at--)
            {
                var without = end - start == 2 ? (Start: Before(options, start), End: start > 0 ? end : After(options, end)) : (Start: at, End: at + 1);
                if (options[at] == 'x' && Count(options[..without.Start] + options[without.End..]) == Count(options) - 1)
                    return without;
            }
        }

        return null;
    }

    private static int Count(string options) => DaemonOptions.Chronyd(Words(options).Select(w => options[w.Start..w.End])).Options.Count(o => o.Letter == 'x');

    private static int Before(string options, int start)
    {
        while (start > 0 && char.IsWhiteSpace(options[start - 1]))
            start--;
        return start;
    }

    private static int After(string options, int end)
    {
        while (end < options.Length && char.IsWhiteSpace(options[end]))
            end++;
        return end;
    }

    private static List<(int Start, int End)> Words(string options)
    {
        var words = new List<(int, int)>();
        var start = -1;
        for (var i = 0; i <= options.Length; i++)
        {
            var isBlank = i == options.Length || char.IsWhiteSpace(options[i]);
            if (isBlank && start >= 0)
                words.Add((start, i));
            start = isBlank ? -1 : start < 0 ? i : start;
        }

        return words;
    }
}
