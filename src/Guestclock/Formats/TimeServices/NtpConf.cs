namespace Guestclock.Formats.TimeServices;

/// <summary>
/// Lines of ntp.conf (ntpd, NTPsec) and of OpenNTPD's ntpd.conf: words separated by white space, <c>#</c> at the start of a word
/// begins a comment, double quotes hold a word together (ntp.conf(5), ntpd.conf(5)).
/// </summary>
public static class NtpConf
{
    public static IReadOnlyList<ConfigLine> Parse(string text)
    {
        var lines = new List<ConfigLine>();
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            var words = Words(line);
            if (words.Count > 0)
                lines.Add(new(number, words[0], words[1..]));
        }

        return lines;
    }

    private static List<string> Words(ReadOnlySpan<char> line)
    {
        var words = new List<string>();
        var at = 0;
        while (at < line.Length)
        {
            if (char.IsWhiteSpace(line[at]))
            {
                at++;
                continue;
            }

            if (line[at] == '#')
                break;
            var quoted = line[at] == '"';
            var start = quoted ? at + 1 : at;
            var end = start;
            while (end < line.Length && (quoted ? line[end] != '"' : !char.IsWhiteSpace(line[end])))
                end++;
            words.Add(line[start..end].ToString());
            at = quoted ? Math.Min(end + 1, line.Length) : end;
        }

        return words;
    }
}
