using Guestclock.Facts;

namespace Guestclock.Linux.Machines;

/// <summary>Paths as text.</summary>
internal static class PathText
{
    /// <summary>PATH_MAX of linux/limits.h.</summary>
    private const int MostCharacters = 4096;

    /// <summary>A malformed fact for a path that no machine can hold; null for the others. A NUL would silently end the path in a system
    /// call.</summary>
    public static Fact<T>? Refuse<T>(string path) =>
        !path.StartsWith('/') ? Fact.Unknown<T>(FactState.Malformed, path, "the path is not absolute")
        : path.Contains('\0', StringComparison.Ordinal) ? Fact.Unknown<T>(FactState.Malformed, path, "a NUL byte in the path")
        : path.Length >= MostCharacters ? Fact.Unknown<T>(FactState.Malformed, path[..64] + "…", $"a path of {path.Length} characters")
        : null;

    /// <summary>True for <c>a/b/c</c> whose parts are plain names: it stands for the same file wherever it is written below.</summary>
    public static bool IsPlain(string relative)
    {
        if (relative.Length is 0 or > 1024)
            return false;
        foreach (var part in relative.Split('/'))
        {
            if (part is "" or "." or ".." || part.Length > 80 || part.Contains('\0', StringComparison.Ordinal)
                || part.Contains('\uFFFD', StringComparison.Ordinal))
                return false;
        }

        return true;
    }
}
