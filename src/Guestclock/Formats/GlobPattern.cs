namespace Guestclock.Formats;

/// <summary>Patterns of one path component, as glob(7) matches them: <c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>[!a]</c>, backslash; no hidden
/// names.</summary>
public static class GlobPattern
{
    public static bool IsPattern(string text) => text.AsSpan().IndexOfAny('*', '?', '[') >= 0;

    public static bool Matches(string pattern, string name)
    {
        if (name.StartsWith('.') && !pattern.StartsWith('.'))
            return false;
        // One remembered star is enough: an earlier star need never take more once a later one has matched.
        var (p, n, star, mark) = (0, 0, -1, 0);
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                mark = n;
            }
            else if (p < pattern.Length && One(pattern, ref p, name[n]))
            {
                n++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++mark;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
            p++;
        return p == pattern.Length;
    }

    private static bool One(string pattern, ref int p, char c)
    {
        switch (pattern[p])
        {
            case '?':
                p++;
                return true;
            case '\\' when p + 1 < pattern.Length:
                return Literal(pattern[p + 1], c, ref p, 2);
            case '[' when pattern.IndexOf(']', Math.Min(p + 2, pattern.Length)) is var close and > 0:
                var matched = Set(pattern.AsSpan(p + 1, close - p - 1), c);
                if (matched)
                    p = close + 1;
                return matched;
            default:
                return Literal(pattern[p], c, ref p, 1);
        }
    }

    private static bool Literal(char expected, char c, ref int p, int length)
    {
        if (expected != c)
            return false;
        p += length;
        return true;
    }

    private static bool Set(ReadOnlySpan<char> set, char c)
    {
        var not = set.Length > 1 && set[0] is '!' or '^';
        var found = false;
        for (var i = not ? 1 : 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                found |= c >= set[i] && c <= set[i + 2];
                i += 2;
            }
            else
            {
                found |= c == set[i];
            }
        }

        return found != not;
    }
}
