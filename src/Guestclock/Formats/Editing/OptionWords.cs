namespace Guestclock.Formats.Editing;

/// <summary>Changes one option of a daemon's command line as it stands in a file of shell assignments; every other word and blank stays.</summary>
public static class OptionWords
{
    /// <summary>The line without an option that takes no argument, alone or among others in one word (<c>-gx</c>).</summary>
    /// <param name="letters">As for <see cref="GetOpt.Parse"/>.</param>
    /// <exception cref="MalformedInputException">It stands in a word that would mean something else without it.</exception>
    public static string Without(string line, char letter, string letters, params IReadOnlyList<string> longNames)
    {
        var words = Words(line);
        var waits = false;
        for (var i = 0; i < words.Count; i++)
        {
            var (start, end) = words[i];
            var word = line[start..end];
            if (word == "--" && !waits)
                break;
            if (waits || word.Length < 2 || word[0] != '-')
            {
                waits = false;
                continue;
            }

            var kept = word[1] == '-' ? longNames.Contains($"{word[2..].Split('=')[0]}={letter}", StringComparer.Ordinal) ? "-" : word : Short(word, letter, letters);
            if (kept != word && kept.StartsWith("--", StringComparison.Ordinal))
                throw new MalformedInputException("the options", $"-{letter} alone or among letters", $"'{word}'");
            if (kept != word)
                return Without(kept.Length > 1 ? line[..start] + kept + line[end..] : Cut(line, words, i), letter, letters, longNames);
            waits = WaitsAfter(word, letters, longNames);
        }

        return line;
    }

    /// <summary>The line in which an option has this argument; behind the others where it was not there.</summary>
    /// <param name="longName">Its long name, or null.</param>
    public static string With(string line, char letter, string argument, string? longName = null)
    {
        var words = Words(line);
        for (var i = words.Count - 1; i >= 0; i--)
        {
            var (start, end) = words[i];
            var word = line.AsSpan(start, end - start);
            var named = longName is not null && word.StartsWith($"--{longName}", StringComparison.Ordinal);
            if (named && word.StartsWith($"--{longName}=", StringComparison.Ordinal))
                return line[..(start + longName!.Length + 3)] + argument + line[end..];
            if (named && word.Length > longName!.Length + 2)
                continue;
            if (!named && word.StartsWith($"-{letter}", StringComparison.Ordinal) && word.Length > 2)
                return line[..(start + 2)] + argument + line[end..];
            if (named || word.StartsWith($"-{letter}", StringComparison.Ordinal))
                return i + 1 < words.Count ? line[..words[i + 1].Start] + argument + line[words[i + 1].End..] : line[..end] + " " + argument + line[end..];
        }

        return words.Count == 0 ? $"-{letter} {argument}{line}" : line[..words[^1].End] + $" -{letter} {argument}" + line[words[^1].End..];
    }

    /// <summary>A word of short options without one of them.</summary>
    private static string Short(string word, char letter, string letters)
    {
        for (var at = 1; at < word.Length; at++)
        {
            if (word[at] == letter)
                return Short(word.Remove(at, 1), letter, letters);
            if (TakesArgument(word[at], letters))
                break;
        }

        return word;
    }

    private static bool WaitsAfter(string word, string letters, IReadOnlyList<string> longNames) =>
        GetOpt.Parse([word, "next"], letters, longNames).Operands.Count == 0;

    private static bool TakesArgument(char letter, string letters) =>
        letters.IndexOf(letter, StringComparison.Ordinal) is var at and >= 0 && at + 1 < letters.Length && letters[at + 1] == ':';

    private static string Cut(string line, List<(int Start, int End)> words, int index) => index > 0
        ? line[..words[index - 1].End] + line[words[index].End..]
        : line[..words[0].Start] + line[(words.Count > 1 ? words[1].Start : words[0].End)..];

    private static List<(int Start, int End)> Words(string line)
    {
        var words = new List<(int, int)>();
        for (var at = 0; at < line.Length; at++)
        {
            var start = at;
            while (at < line.Length && !char.IsWhiteSpace(line[at]))
                at++;
            if (at > start)
                words.Add((start, at));
        }

        return words;
    }
}
