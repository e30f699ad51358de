namespace Guestclock.Formats.TimeServices;

/// <summary>One file of chrony's configuration.</summary>
/// <param name="Refusal">Why chronyd would not start with this file, as one sentence; null where nothing of that kind was seen.</param>
public sealed record ChronyConfFile(IReadOnlyList<ConfigLine> Lines, string? Refusal);

/// <summary>
/// The lines of chrony.conf(5), as chronyd reads them (CNF_ReadFile and load_source_file of conf.c, CPS_NormalizeLine of cmdparse.c):
/// a line whose first character is one of <c>! ; # %</c> is a comment, there are no comments after a directive, directives are
/// case-insensitive, and a line of 2048 bytes or more stops chronyd.
/// </summary>
public static class ChronyConf
{
    /// <summary>The length, in bytes with the line end, at which chronyd refuses a line (MAX_LINE_LENGTH of conf.c).</summary>
    public const int LineBytes = 2048;

    /// <summary>A main file, an included file or a <c>*.conf</c> of a confdir.</summary>
    public static ChronyConfFile Parse(string text)
    {
        var lines = new List<ConfigLine>();
        string? refusal = null;
        foreach (var (number, line, terminated) in Lines(text))
        {
            if (System.Text.Encoding.UTF8.GetByteCount(line) + (terminated ? 1 : 0) >= LineBytes)
                refusal ??= $"line {number} is longer than {LineBytes - 2} bytes";
            if (Read(number, line) is { } read)
                lines.Add(read);
        }

        return new(lines, refusal);
    }

    /// <summary>A <c>*.sources</c> file of a sourcedir: only sources count, and an unterminated last line is not read.</summary>
    public static IReadOnlyList<ConfigLine> ParseSources(string text)
    {
        var sources = new List<ConfigLine>();
        foreach (var (number, line, terminated) in Lines(text))
        {
            if (!terminated)
                break;
            if (Read(number, line) is { } read && (read.Name.ToLowerInvariant() is "server" or "pool" or "peer") && read.Words.Count > 0)
                sources.Add(read);
        }

        return sources;
    }

    /// <summary>One directive given as text, as on chronyd's command line; null for a comment or nothing.</summary>
    public static ConfigLine? Read(int number, string line)
    {
        var words = line.Split((char[])[' ', '\t', '\n', '\v', '\f', '\r'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 || words[0][0] is '!' or ';' or '#' or '%' ? null : new(number, words[0], words[1..]);
    }

    private static IEnumerable<(int Number, string Line, bool Terminated)> Lines(string text)
    {
        var number = 1;
        for (var at = 0; at < text.Length; number++)
        {
            var end = text.IndexOf('\n', at);
            yield return (number, end < 0 ? text[at..] : text[at..end], end >= 0);
            at = end < 0 ? text.Length : end + 1;
        }
    }
}
