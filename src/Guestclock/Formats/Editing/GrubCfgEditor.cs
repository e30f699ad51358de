using Guestclock.Formats.Boot;

namespace Guestclock.Formats.Editing;

/// <summary>
/// Changes the kernel arguments of entries of a grub.cfg where it cannot be generated anew. The lines of these entries change, word by word, and
/// nothing else; what comes out of a variable is not edited.
/// </summary>
public static class GrubCfgEditor
{
    private static readonly Dictionary<string, string> NoVariables = new(StringComparer.Ordinal);

    /// <param name="lines">Which entries, by the line of their kernel (<see cref="LoaderEntry.Line"/>).</param>
    /// <param name="known">Variables of the environment block.</param>
    /// <exception cref="MalformedInputException">An entry is not there, or of a form that is not edited here.</exception>
    public static string Change(string text, IReadOnlySet<int> lines, ArgumentEdit edit, IReadOnlyDictionary<string, string>? known = null)
    {
        var before = GrubCfg.Parse(text, known);
        var (spans, tails) = Tails(text, lines);
        if (spans.Count != lines.Count || before.Entries.Count(e => lines.Contains(e.Line)) != lines.Count)
            throw new MalformedInputException("grub.cfg has changed since it was judged, or has entries that are not edited here");
        var after = TextSpan.Replace(text, spans, [.. tails.Select(t => Changed(t, edit))]);
        Prove(before, after == text ? before : GrubCfg.Parse(after, known), lines, edit);
        return after;
    }

    /// <summary>For each entry the part of its statement behind the kernel's path.</summary>
    private static (List<TextSpan> Spans, List<string> Tails) Tails(string text, IReadOnlySet<int> lines)
    {
        var (spans, tails) = (new List<TextSpan>(), new List<string>());
        var lexer = new GrubScriptLexer(text, NoVariables) { Spans = [] };
        var words = new List<string>();
        var last = 0;
        while (lexer.Next(words))
        {
            var at = words[0] is "then" or "else" or "do" ? 1 : 0;
            if (lexer.Line == last || !lines.Contains(lexer.Line) || at >= words.Count || !IsLinux(words[at]))
                continue;
            at++;
            while (at < words.Count && words[at].StartsWith("--", StringComparison.Ordinal))
                at++;
            if (at >= words.Count)
                continue;
            last = lexer.Line;
            spans.Add(new(lexer.Spans[at].End, lexer.Spans[^1].End));
            tails.Add(spans[^1].Of(text));
        }

        return (spans, tails);
    }

    private static bool IsLinux(string word) => word is "linux" or "linux16" or "linuxefi" or "module" or "module2" or "xen_module"
        || word.StartsWith("linux$", StringComparison.Ordinal);

    private static string Changed(string tail, ArgumentEdit edit)
    {
        foreach (var text in edit.Add)
            tail = With(tail, KernelArgument.Parse(text));
        return Without(tail, edit.Remove);
    }

    private static string With(string tail, KernelArgument wanted)
    {
        var words = Words(tail);
        if (new ArgumentEdit([wanted.Text], []).IsMet(KernelArguments.Parse(string.Join(' ', words.Select(w => w.Argument.Text)))))
            return tail;
        var same = wanted.Value is null || KernelLine.MayRepeat(wanted) ? -1 : words.FindLastIndex(w => w.Argument.Is(wanted.Name) && w.Argument.Value is not null);
        if (same >= 0)
            return TextSpan.Replace(tail, [words[same].Span], [wanted.Text]);
        var end = words.Count > 0 ? words[^1].Span.End : 0;
        return tail[..end] + " " + wanted.Text + tail[end..];
    }

    private static string Without(string tail, IReadOnlyList<string> remove)
    {
        var wanted = remove.Select(KernelArgument.Parse).ToList();
        var gone = new List<TextSpan>();
        foreach (var (span, argument) in Words(tail))
        {
            if (!wanted.Exists(w => KernelLine.Equal(w, argument)))
                continue;
            var from = span.Start;
            while (from > 0 && tail[from - 1] is ' ' or '\t')
                from--;
            gone.Add(span with { Start = from });
        }

        return TextSpan.Replace(tail, gone, [.. gone.Select(_ => "")]);
    }

    /// <summary>The kernel's arguments; what follows a bare <c>--</c> belongs to init.</summary>
    private static List<(TextSpan Span, KernelArgument Argument)> Words(string tail)
    {
        var all = new List<(TextSpan, KernelArgument)>();
        var words = new List<string>();
        var lexer = new GrubScriptLexer(tail, NoVariables) { Spans = [] };
        while (lexer.Next(words))
        {
            foreach (var (word, span) in words.Zip(lexer.Spans))
            {
                if (word == "--")
                    return all;
                all.Add((span, KernelArgument.Parse(word)));
            }
        }

        return all;
    }

    private static void Prove(LoaderFile before, LoaderFile after, IReadOnlySet<int> lines, ArgumentEdit edit)
    {
        if (before.Entries.Count != after.Entries.Count || before.Default != after.Default || !before.Includes.SequenceEqual(after.Includes)
            || !before.Variables.OrderBy(v => v.Key, StringComparer.Ordinal).SequenceEqual(after.Variables.OrderBy(v => v.Key, StringComparer.Ordinal)))
            throw new MalformedInputException("grub.cfg would change besides its kernel arguments; change it by hand");
        foreach (var (old, now) in before.Entries.Zip(after.Entries))
        {
            if (old with { Arguments = now.Arguments, Path = now.Path } != now || !old.Path.SequenceEqual(now.Path) || (old.Arguments != now.Arguments && !lines.Contains(old.Line)))
                throw new MalformedInputException("grub.cfg would change besides its kernel arguments; change it by hand");
            if (lines.Contains(old.Line))
                edit.Prove($"grub.cfg, '{old.Title}'", KernelArguments.Parse(old.Arguments), KernelArguments.Parse(now.Arguments));
        }
    }
}
