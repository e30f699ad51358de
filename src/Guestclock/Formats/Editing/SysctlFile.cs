using System.Text;

namespace Guestclock.Formats.Editing;

/// <summary>Adds or removes one setting in sysctl.conf or a file of sysctl.d (sysctl.conf(5)) and nothing else.</summary>
public static class SysctlFile
{
    /// <summary>The text without the lines that set a key; what stands above them as a remark stays.</summary>
    /// <param name="key">With dots.</param>
    public static string Remove(string text, string key)
    {
        var kept = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var next = text.IndexOf('\n', at) is var end and >= 0 ? end + 1 : text.Length;
            if (!Sets(text.AsSpan(at, next - at), key))
                kept.Append(text, at, next - at);
            at = next;
        }

        return kept.ToString();
    }

    /// <summary>The text with a last line that sets the key; the same where the last line that sets it says so already.</summary>
    /// <param name="value">A word.</param>
    public static string Set(string text, string key, string value)
    {
        var last = text.Split('\n').LastOrDefault(l => Sets(l, key));
        if (last is not null && last.AsSpan(last.IndexOf('=', StringComparison.Ordinal) + 1).Trim().SequenceEqual(value))
            return text;
        var newLine = ShellFile.LineEnd(text);
        return text + (text.Length == 0 || text[^1] == '\n' ? "" : newLine) + $"{key} = {value}" + newLine;
    }

    private static bool Sets(ReadOnlySpan<char> line, string key)
    {
        var at = line.IndexOf('=');
        // A leading '-' makes an error of this setting none.
        var name = at < 0 ? [] : line[..at].Trim().TrimStart('-').Trim();
        return name.Length == key.Length && name.ToString().Replace('/', '.') == key;
    }
}
