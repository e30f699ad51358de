using System.Text;

namespace Guestclock.Formats.Editing;

/// <summary>Adds <c>/usepmtimer</c> to entries of boot.ini (KB 895980) and nothing else: bytes, line ends, order, other switches and a Ctrl-Z stay.</summary>
public static class BootIniEditor
{
    private const string Option = "/usepmtimer";
    private const char CtrlZ = '\u001A';

    /// <summary>How it is written by mistake.</summary>
    private static readonly string[] Wrong = ["/use pmtimer", "/pmtimer", "usepmtimer"];

    private static readonly string[] Words = [Option, .. Wrong.SelectMany(w => w.Split(' '))];

    /// <summary>
    /// Adds the switch to the line of every entry that has to have it; <c>/use pmtimer</c>, the way that manuals misprint <c>/usepmtimer</c>, gives way to it, and
    /// a line of its own that holds nothing but the switch goes, since ntldr does not read it.
    /// </summary>
    /// <param name="text">Latin-1, a byte a character.</param>
    /// <param name="needs">Whether an entry has to have it.</param>
    /// <exception cref="MalformedInputException">The text is no boot.ini, or an entry is of a form that is not edited here.</exception>
    public static string Add(string text, Func<BootIniEntry, bool> needs)
    {
        var before = BootIniFile.Parse(Encoding.Latin1.GetBytes(text));
        var end = text.IndexOf(CtrlZ) is var z and >= 0 ? z : text.Length;
        var lines = text[..end].Split('\n').ToList();
        foreach (var entry in before.Entries.Where(e => needs(e) && !e.Has(Option)))
            lines[entry.Line - 1] = WithOption(lines[entry.Line - 1], entry.Line);
        foreach (var stray in before.Strays.Reverse().Where(s => Misspells(s.Text)))
            TakeOut(lines, stray.Number - 1);
        var edited = string.Join('\n', lines) + text[end..];
        var after = BootIniFile.Parse(Encoding.Latin1.GetBytes(edited));
        var isRight = after.Entries.Count == before.Entries.Count && after.Default == before.Default
            && after.Entries.Zip(before.Entries).All(p => p.First.Path == p.Second.Path && p.First.Title == p.Second.Title
                && (!needs(p.Second) || p.First.Has(Option)) && !p.Second.Switches.Except(p.First.Switches).Any(s => !Words.Contains(s, StringComparer.OrdinalIgnoreCase)));
        return isRight ? edited : throw new MalformedInputException("boot.ini is written in a way that is not edited here; change it by hand");
    }

    /// <summary>The line end before the last line stays.</summary>
    private static void TakeOut(List<string> lines, int at)
    {
        if (at == lines.Count - 1)
            lines[at] = "";
        else
            lines.RemoveAt(at);
    }

    private static string WithOption(string line, int number)
    {
        var body = line.TrimEnd();
        var start = SwitchesStart(body, number);
        foreach (var wrong in Wrong)
        {
            var at = Find(body, wrong, start);
            if (at >= 0)
                return body[..at] + Option + line[(at + wrong.Length)..];
        }

        return $"{body} {Option}{line.AsSpan(body.Length)}";
    }

    /// <summary>Where switches may begin: behind the title.</summary>
    private static int SwitchesStart(string body, int number)
    {
        var at = body.IndexOf('=', StringComparison.Ordinal) + 1;
        var open = body.IndexOf('"', at);
        if (open < 0 || body.AsSpan(at, open - at).Trim().Length > 0)
            return at;
        return body.IndexOf('"', open + 1) is var close and >= 0 ? close + 1
            : throw new MalformedInputException($"boot.ini, line {number}", "a quote behind the title", "none");
    }

    private static int Find(string body, string words, int start)
    {
        for (var at = body.IndexOf(words, start, StringComparison.OrdinalIgnoreCase); at >= 0; at = body.IndexOf(words, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (body[at - 1] is ' ' or '\t' or '"' && (at + words.Length == body.Length || body[at + words.Length] is ' ' or '\t'))
                return at;
        }

        return -1;
    }

    private static bool Misspells(string line) =>
        line.Contains("pmtimer", StringComparison.OrdinalIgnoreCase)
            && line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).All(w => Words.Contains(w, StringComparer.OrdinalIgnoreCase));
}
