namespace Guestclock.Formats.Boot;

/// <summary>What the line-oriented boot loader files have in common.</summary>
internal static class LoaderLines
{
    /// <summary>More entries than any menu has; a file with more is refused.</summary>
    public const int MostEntries = 1000;

    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>How the file names of kernels begin that are not Linux: Xen, Intel's TXT, images of floppy disks, GNU Mach.</summary>
    private static readonly string[] Others = ["xen-", "xen.", "tboot", "memdisk", "gnumach"];

    /// <summary>The lines with their numbers from 1, without line ends; a backslash at the end joins the next line.</summary>
    public static IEnumerable<(int Number, string Text)> Of(string text, bool joins)
    {
        var number = 0;
        var start = 0;
        var pending = new System.Text.StringBuilder();
        var first = 0;
        while (start < text.Length)
        {
            var end = text.IndexOf('\n', start);
            if (end < 0)
                end = text.Length;
            var line = text[start..end].TrimEnd('\r');
            start = end + 1;
            number++;
            if (pending.Length == 0)
                first = number;
            if (joins && line.EndsWith('\\') && start < text.Length && pending.Length < 65_536)
            {
                pending.Append(line.AsSpan(0, line.Length - 1)).Append(' ');
                continue;
            }

            yield return (first, pending.Append(line).ToString());
            pending.Clear();
        }

        if (pending.Length > 0)
            yield return (first, pending.ToString());
    }

    /// <summary>The first word and what follows it.</summary>
    public static (string Word, string Tail) Split(string line)
    {
        var text = line.Trim();
        var at = text.IndexOfAny(Blanks);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..].Trim());
    }

    public static bool Is(string word, string keyword) => word.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    /// <summary>Hypervisors, memory tests and other things that a loader starts are no Linux although their line looks like one.</summary>
    public static bool IsLinux(string kernel)
    {
        var name = kernel[(kernel.LastIndexOfAny(['/', ')']) + 1)..];
        return kernel.Length > 0 && !Is(name, "xen") && !kernel.Contains("memtest", StringComparison.OrdinalIgnoreCase)
            && !Array.Exists(Others, o => name.StartsWith(o, StringComparison.OrdinalIgnoreCase))
            && !name.EndsWith(".lkrn", StringComparison.OrdinalIgnoreCase) && !name.EndsWith(".c32", StringComparison.OrdinalIgnoreCase);
    }

    public static void Limit(int entries)
    {
        if (entries >= MostEntries)
            throw new MalformedInputException("boot menu", $"at most {MostEntries} entries", "more");
    }
}
