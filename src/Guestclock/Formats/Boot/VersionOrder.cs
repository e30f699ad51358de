namespace Guestclock.Formats.Boot;

/// <summary>
/// Compares kernel versions as boot loaders sort them: runs of digits by value, other runs by ordinal, a longer one is newer.
/// </summary>
public sealed class VersionOrder : IComparer<string>
{
    public static VersionOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var (a, b) = (x ?? "", y ?? "");
        int i = 0, j = 0;
        while (true)
        {
            var first = Run(a, ref i);
            var second = Run(b, ref j);
            if (first.Length == 0 || second.Length == 0)
                return first.Length.CompareTo(second.Length);
            var order = char.IsAsciiDigit(first[0]) && char.IsAsciiDigit(second[0]) ? Numbers(first, second)
                : first.SequenceCompareTo(second);
            if (order != 0)
                return order;
        }
    }

    private static ReadOnlySpan<char> Run(string text, ref int at)
    {
        while (at < text.Length && !char.IsAsciiLetterOrDigit(text[at]) && text[at] != '~')
            at++;
        var start = at;
        if (at < text.Length)
        {
            var digits = char.IsAsciiDigit(text[at]);
            while (at < text.Length && (text[at] == '~' || char.IsAsciiLetterOrDigit(text[at])) && char.IsAsciiDigit(text[at]) == digits)
                at++;
        }

        return text.AsSpan(start, at - start);
    }

    private static int Numbers(ReadOnlySpan<char> x, ReadOnlySpan<char> y)
    {
        x = x.TrimStart('0');
        y = y.TrimStart('0');
        return x.Length != y.Length ? x.Length.CompareTo(y.Length) : x.SequenceCompareTo(y);
    }
}
