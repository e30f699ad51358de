using System.Globalization;

namespace Guestclock.Formats.KernelMessages;

/// <summary>One message of the kernel; <paramref name="AtUs"/> is microseconds since boot, null where the text carries no time.</summary>
public readonly record struct KernelMessage(long? AtUs, string Text);

/// <summary>
/// The kernel's messages as text: the answer of /dev/kmsg (<c>SECONDS.MICROSECONDS TEXT</c>), the output of dmesg
/// (<c>[    1.234567] TEXT</c>, with <c>&lt;4&gt;</c>, <c>kern  :warn  :</c> or <c>[    C7]</c> before or behind), and files of syslog
/// (<c>Nov 21 01:12:13 host kernel: [    1.234567] TEXT</c>, ISO time stamps too), of which only the kernel's lines count.
/// </summary>
public static class KernelLogText
{
    /// <summary>More messages than fit into the log sizes that are read.</summary>
    private const int MostLines = 500_000;

    /// <summary>The answer's lines after its first one, <c>complete=yes|no</c>.</summary>
    public static (bool Complete, IReadOnlyList<KernelMessage> Messages) ParseAnswer(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var first = (end < 0 ? text : text[..end]).Trim();
        if (first is not ("complete=yes" or "complete=no"))
            throw new MalformedInputException("kernel log", "complete=yes or complete=no",
                $"'{(first.Length <= 40 ? first : first[..40])}'");
        var messages = new List<KernelMessage>();
        foreach (var line in Lines(end < 0 ? "" : text[(end + 1)..]))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var at = space > 0 ? Microseconds(line.AsSpan(0, space)) : null;
            messages.Add(at is null ? new(null, line) : new(at, line[(space + 1)..]));
        }

        return (first == "complete=yes", messages);
    }

    /// <summary>A file: the kernel's lines of it, in their order.</summary>
    public static IReadOnlyList<KernelMessage> ParseFile(string text)
    {
        var messages = new List<KernelMessage>();
        foreach (var line in Lines(text))
        {
            if (KernelPart(line) is { } part)
                messages.Add(Message(part));
        }

        return messages;
    }

    /// <summary>The messages from the last <c>Linux version</c> line on; all of them, and false, where no boot begins in the
    /// text.</summary>
    public static (bool HasStart, IReadOnlyList<KernelMessage> Messages) LastBoot(IReadOnlyList<KernelMessage> messages)
    {
        for (var i = messages.Count - 1; i >= 0; i--)
        {
            if (IsFirst(messages[i].Text))
                return (true, i == 0 ? messages : messages.Skip(i).ToList());
        }

        return (false, messages);
    }

    private static bool IsFirst(string text) =>
        text.StartsWith("Linux version ", StringComparison.Ordinal)
            || text.StartsWith("Booting Linux on physical CPU", StringComparison.Ordinal);

    private static IEnumerable<string> Lines(string text)
    {
        var count = 0;
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            if (end < 0)
                end = text.Length;
            if (++count > MostLines)
                throw new MalformedInputException("kernel log", $"at most {MostLines} lines", "more");
            var line = text[start..end].TrimEnd('\r');
            if (line.Length > 0)
                yield return line;
            start = end + 1;
        }
    }

    /// <summary>The line behind syslog's <c>host kernel: </c>; the line itself when it has dmesg's form; null for other programs'
    /// lines.</summary>
    private static string? KernelPart(string line)
    {
        if (line[0] is '[' or '<' || IsDmesgLevel(line))
            return line;
        var at = line.IndexOf(" kernel: ", StringComparison.Ordinal);
        if (at >= 0 && at < 120)
            return line[(at + " kernel: ".Length)..];
        return StartsWithDate(line) ? null : line;
    }

    private static KernelMessage Message(string line)
    {
        if (line.StartsWith('<') && line.IndexOf('>', StringComparison.Ordinal) is > 1 and < 6 and var level)
            line = line[(level + 1)..];
        if (IsDmesgLevel(line))
            line = line[(line.IndexOf(':', line.IndexOf(':', StringComparison.Ordinal) + 1) + 1)..].TrimStart();
        long? at = null;
        // Up to two brackets: the time, then the CPU or thread that printed it (CONFIG_PRINTK_CALLER).
        for (var i = 0; i < 2 && line.StartsWith('['); i++)
        {
            var end = line.IndexOf(']', StringComparison.Ordinal);
            if (end < 0)
                break;
            var inside = line.AsSpan(1, end - 1).Trim();
            var time = at is null ? Microseconds(inside) : null;
            if (time is null && !IsCaller(inside))
                break;
            at ??= time;
            line = line[(end + 1)..].TrimStart(' ');
        }

        return new(at, line);
    }

    private static bool IsCaller(ReadOnlySpan<char> text) =>
        text.Length > 1 && text[0] is 'C' or 'T' && !text[1..].ContainsAnyExceptInRange('0', '9');

    /// <summary><c>dmesg -x</c>: <c>kern  :warn  : [    1.234567] …</c>.</summary>
    private static bool IsDmesgLevel(string line) =>
        line.StartsWith("kern ", StringComparison.Ordinal) && line.IndexOf(':', StringComparison.Ordinal) is > 0 and < 9
            && line.AsSpan().Count(':') >= 2;

    private static bool StartsWithDate(string line) =>
        (line.Length > 15 && line[3] == ' ' && line[6] == ' ' && line[9] == ':' && line[12] == ':')
            || (line.Length > 19 && line[4] == '-' && line[7] == '-' && line[10] == 'T');

    private static long? Microseconds(ReadOnlySpan<char> text)
    {
        var dot = text.IndexOf('.');
        if (dot <= 0 || text.Length - dot != 7
            || !long.TryParse(text[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || !long.TryParse(text[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var micro))
            return null;
        return seconds <= 1_000_000_000_000 ? (seconds * 1_000_000) + micro : null;
    }
}
