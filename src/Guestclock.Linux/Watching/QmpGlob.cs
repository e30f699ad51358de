using System.IO.Enumeration;

namespace Guestclock.Linux.Watching;

/// <summary>A path that stands for many: <c>/run/vms/*/qmp</c>. A <c>*</c> stands for any characters within one folder's or file's name.</summary>
internal sealed class QmpGlob
{
    private const int MostMatches = 4096;

    private readonly string[] _parts;

    /// <exception cref="ArgumentException">It is no absolute path.</exception>
    public QmpGlob(string pattern)
    {
        if (!pattern.StartsWith('/'))
            throw new ArgumentException($"{pattern} is no absolute path", nameof(pattern));
        _parts = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>What is there now: the path, and what its stars stood for (the path itself when there are none).</summary>
    public IEnumerable<(string Path, string Matched)> Find() =>
        Walk("", "", 0).Take(MostMatches).Select(m => m.Matched.Length > 0 ? m : (m.Path, m.Path));

    private IEnumerable<(string Path, string Matched)> Walk(string folder, string matched, int depth)
    {
        for (; depth < _parts.Length && !_parts[depth].Contains('*'); depth++)
            folder += "/" + _parts[depth];
        if (depth == _parts.Length)
            return File.Exists(folder) ? [(folder, matched)] : [];
        return Names(folder.Length > 0 ? folder : "/", _parts[depth])
            .SelectMany(name => Walk($"{folder}/{name}", Join(matched, Variable(_parts[depth], name)), depth + 1));
    }

    private static List<string> Names(string folder, string pattern)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(folder).Select(p => Path.GetFileName(p))
                .Where(n => n[0] != '.' && FileSystemName.MatchesSimpleExpression(pattern, n, ignoreCase: false)).Take(MostMatches).ToList();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is not there yet, or not any more, or not for us.
            return [];
        }
    }

    /// <summary>From where the first star begins to where the last one ends.</summary>
    private static string Variable(string pattern, string name)
    {
        var (before, after) = (pattern.IndexOf('*'), pattern.Length - 1 - pattern.LastIndexOf('*'));
        return name.Length >= before + after ? name[before..^after] : name;
    }

    private static string Join(string first, string second) => first.Length == 0 ? second : $"{first}/{second}";
}
