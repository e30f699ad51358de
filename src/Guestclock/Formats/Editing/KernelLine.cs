namespace Guestclock.Formats.Editing;

/// <summary>
/// Changes the arguments of a kernel command line and nothing else: order, spacing, quotes and what belongs to init (after a bare <c>--</c>) stay.
/// </summary>
public static class KernelLine
{
    /// <summary>
    /// The line with every argument of <paramref name="add"/> and none of <paramref name="remove"/>. An argument <c>name=value</c> takes the place of
    /// the last one of that name with another value (of <c>tsc=</c> several may stand), also where that one is to go; a new one goes behind the last
    /// argument of the kernel. What is there already stays where it is.
    /// </summary>
    /// <param name="remove">As they are written; '-' and '_' in names are the same, as to the kernel.</param>
    /// <exception cref="MalformedInputException">A quotation mark is not closed: what is put in would become part of a value.</exception>
    public static string Change(string line, IEnumerable<string> add, IEnumerable<string> remove)
    {
        foreach (var text in add)
            line = With(line, KernelArgument.Parse(text));
        foreach (var text in remove)
            line = Without(line, KernelArgument.Parse(text));
        return line;
    }

    // The blanks before an argument go with it; at the start of the line, those behind it.
    private static string Without(string line, KernelArgument wanted)
    {
        var kept = new System.Text.StringBuilder();
        var at = 0;
        var atStart = false;
        foreach (var (start, end, argument) in Spans(line))
        {
            if (!Equal(argument, wanted))
                continue;
            var from = start;
            while (from > at && IsBlank(line[from - 1]))
                from--;
            atStart |= start == 0;
            kept.Append(line, at, from - at);
            at = end;
        }

        if (at == 0)
            return line;
        kept.Append(line, at, line.Length - at);
        return atStart ? kept.ToString().TrimStart(' ', '\t') : kept.ToString();
    }

    private static string With(string line, KernelArgument wanted)
    {
        var spans = Spans(line);
        if (spans.Exists(s => Equal(s.Argument, wanted))
            && (wanted.Value is null || MayRepeat(wanted) || Equal(spans.Last(s => s.Argument.Is(wanted.Name)).Argument, wanted)))
            return line;
        if (wanted.Value is not null && !MayRepeat(wanted) && spans.LastOrDefault(s => s.Argument.Is(wanted.Name) && s.Argument.Value is not null) is { Argument: not null } same)
            return line[..same.Start] + wanted.Text + line[same.End..];
        if (spans.Count > 0 && line.AsSpan(spans[^1].Start, spans[^1].End - spans[^1].Start).Count('"') % 2 != 0)
            throw new MalformedInputException("a quotation mark among the kernel's arguments is not closed; change them by hand");
        if (spans.Count == 0)
        {
            var blanks = line.Length - line.TrimStart().Length;
            var rest = line[blanks..];
            return line[..blanks] + wanted.Text + (rest.Length > 0 ? " " + rest : "");
        }

        var at = spans[^1].End;
        return line[..at] + " " + wanted.Text + line[at..];
    }

    /// <summary>Each of these counts, not only the last: <c>tsc=reliable tsc=nowatchdog</c>.</summary>
    internal static bool MayRepeat(KernelArgument argument) => argument.Is("tsc");

    internal static bool Equal(KernelArgument a, KernelArgument b) => a.Is(b.Name) && a.Value == b.Value;

    private static bool IsBlank(char c) => c is ' ' or '\t';

    /// <summary>The kernel's arguments with their places in the line.</summary>
    private static List<(int Start, int End, KernelArgument Argument)> Spans(string line)
    {
        var all = new List<(int, int, KernelArgument)>();
        var start = -1;
        var quoted = false;
        for (var i = 0; i <= line.Length; i++)
        {
            var ends = i == line.Length || (!quoted && char.IsWhiteSpace(line[i]));
            if (ends && start >= 0)
            {
                if (line.AsSpan(start, i - start) is "--")
                    break;
                all.Add((start, i, KernelArgument.Parse(line[start..i])));
                start = -1;
            }
            else if (!ends)
            {
                start = start < 0 ? i : start;
                if (line[i] == '"')
                    quoted = !quoted;
            }
        }

        return all;
    }
}
