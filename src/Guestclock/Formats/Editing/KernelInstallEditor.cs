namespace Guestclock.Formats.Editing;

/// <summary>Changes /etc/kernel/cmdline (kernel-install(8)): arguments on one line or several, and lines that begin with '#'.</summary>
public static class KernelInstallEditor
{
    /// <exception cref="MalformedInputException">The file is of a form that is not edited here.</exception>
    public static string Change(string text, ArgumentEdit edit)
    {
        var places = Lines(text);
        var (changed, left) = edit.Spread([.. places.Select(p => p.Of(text))]);
        var values = changed.ToArray();
        if (places.Count > 0)
            values[^1] = KernelLine.Change(values[^1], left, []);
        var after = TextSpan.Replace(text, places, values);
        if (places.Count == 0 && left.Count > 0)
            after += (text.Length == 0 || text[^1] == '\n' ? "" : "\n") + string.Join(' ', left) + "\n";
        edit.Prove("/etc/kernel/cmdline", Parse(text), Parse(after));
        return after;
    }

    /// <summary>The arguments of all lines.</summary>
    public static KernelArguments Parse(string text) => KernelArguments.Parse(string.Join(' ', text.Split('\n').Where(l => !l.TrimStart().StartsWith('#'))));

    private static List<TextSpan> Lines(string text)
    {
        var all = new List<TextSpan>();
        for (var at = 0; at < text.Length; at = ShellFile.NextLine(text, at))
        {
            var end = ShellFile.NextLine(text, at);
            while (end > at && text[end - 1] is '\n' or '\r')
                end--;
            if (!text.AsSpan(at, end - at).IsWhiteSpace() && !text.AsSpan(at, end - at).TrimStart().StartsWith("#", StringComparison.Ordinal))
                all.Add(new(at, end));
        }

        return all;
    }
}
