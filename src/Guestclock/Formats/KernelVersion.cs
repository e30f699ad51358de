using System.Globalization;

namespace Guestclock.Formats;

/// <summary>Kernel releases such as <c>5.14.0-427.13.1.el9_4.x86_64</c>: their order, and their first numbers.</summary>
public static class KernelVersion
{
    /// <summary>Numbers compare as numbers, other characters by their code; the longer of two that agree is the newer.</summary>
    public static int Compare(string a, string b)
    {
        int i = 0, j = 0;
        while (i < a.Length && j < b.Length)
        {
            if (char.IsAsciiDigit(a[i]) && char.IsAsciiDigit(b[j]))
            {
                var left = Run(a, ref i);
                var right = Run(b, ref j);
                var difference = left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);
                if (difference != 0)
                    return difference;
            }
            else if (a[i] != b[j])
            {
                return a[i].CompareTo(b[j]);
            }
            else
            {
                i++;
                j++;
            }
        }

        return (a.Length - i).CompareTo(b.Length - j);
    }

    /// <summary>The first three numbers, 0 for those that are missing; null where the text does not begin with a number.</summary>
    public static (int Major, int Minor, int Patch)? Parse(string release)
    {
        Span<int> numbers = stackalloc int[3];
        var at = 0;
        for (var n = 0; n < 3; n++)
        {
            var start = at;
            while (at < release.Length && char.IsAsciiDigit(release[at]))
                at++;
            if (at == start || !int.TryParse(release.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture,
                out numbers[n]))
            {
                if (n == 0)
                    return null;
                break;
            }

            if (at >= release.Length || release[at] != '.')
                break;
            at++;
        }

        return (numbers[0], numbers[1], numbers[2]);
    }

    /// <summary>True when the release is known to be older than the given mainline version.</summary>
    public static bool IsBefore(string release, int major, int minor, int patch = 0) =>
        Parse(release) is { } version && version.CompareTo((major, minor, patch)) < 0;

    private static ReadOnlySpan<char> Run(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        var digits = text.AsSpan(start, at - start).TrimStart('0');
        return digits;
    }
}
