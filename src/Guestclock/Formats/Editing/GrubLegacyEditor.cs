using Guestclock.Formats.Boot;

namespace Guestclock.Formats.Editing;

/// <summary>
/// Changes the kernel's arguments in grub.conf and menu.lst of GRUB legacy and nothing else: on the <c>kernel</c> line of an entry, or on the
/// <c>module</c> line that holds Linux where <c>kernel</c> is a hypervisor. Continued lines stay continued, line ends stay what they are.
/// </summary>
public static class GrubLegacyEditor
{
    // What stands for "backslash, line end" in a continued line while it is edited: white space to a kernel's command line.
    private const char JoinLf = '\f', JoinCrLf = '\v';

    /// <param name="change">Gets the number of a Linux entry (from 0, as the reader counts) and its arguments, and gives what they become.</param>
    /// <exception cref="MalformedInputException">The file is of a form that is not edited here.</exception>
    public static string Change(string text, Func<int, string, string> change)
    {
        var before = GrubLegacyConf.Parse(text);
        var lines = new MenuLines(text);
        for (var i = 0; i < before.Entries.Count; i++)
        {
            var (start, end) = lines.Joined(before.Entries[i].Line);
            var raw = text[start..end];
            var joined = Joined(raw);
            var at = ArgumentsAt(joined);
            var now = joined[..at] + Changed(joined[at..], i, change);
            if (now != joined)
                lines.Put(start, end, now.Replace($"{JoinCrLf}", "\\\r\n", StringComparison.Ordinal).Replace($"{JoinLf}", "\\\n", StringComparison.Ordinal));
        }

        var result = lines.Result();
        return result == text ? text : MenuLines.Verified(result, before, GrubLegacyConf.Parse(result), change);
    }

    private static string Joined(string raw)
    {
        if (raw.AsSpan().IndexOfAny(JoinLf, JoinCrLf) >= 0)
            throw new MalformedInputException("a kernel's line of the boot menu holds control characters; change it by hand");
        return raw.Replace("\\\r\n", $"{JoinCrLf}", StringComparison.Ordinal).Replace("\\\n", $"{JoinLf}", StringComparison.Ordinal);
    }

    private static string Changed(string tail, int entry, Func<int, string, string> change)
    {
        var body = tail.TrimStart();
        var lead = tail[..^body.Length];
        var now = change(entry, body);
        return (lead.Length == 0 && now.Length > 0 ? " " : lead) + now;
    }

    /// <summary>Behind the command, its options and the kernel's path.</summary>
    private static int ArgumentsAt(string line)
    {
        var at = 0;
        while (at < line.Length && char.IsWhiteSpace(line[at]))
            at++;
        while (at < line.Length && !IsBlank(line[at]) && line[at] != '=')
            at++;
        while (at < line.Length && (IsBlank(line[at]) || line[at] == '='))
            at++;
        while (true)
        {
            while (at < line.Length && IsBlank(line[at]))
                at++;
            var word = at;
            while (at < line.Length && !IsBlank(line[at]))
                at++;
            if (!line.AsSpan(word, at - word).StartsWith("--"))
                return at;
        }
    }

    private static bool IsBlank(char c) => c is ' ' or '\t' or JoinLf or JoinCrLf;
}
