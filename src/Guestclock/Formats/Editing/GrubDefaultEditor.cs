using Guestclock.Formats.Boot;

namespace Guestclock.Formats.Editing;

/// <summary>
/// Changes the kernel arguments in /etc/default/grub and its drop-ins. What goes or gets another value is edited where it stands and counts; what
/// an earlier file says and a later one overrides is left alone, and so is the line that tuned appends.
/// </summary>
public static class GrubDefaultEditor
{
    private const string Linux = "GRUB_CMDLINE_LINUX", Default = "GRUB_CMDLINE_LINUX_DEFAULT";

    /// <summary>Where they are set, Xen's dom0 gets these in the place of the others (GRUB's 20_linux_xen).</summary>
    private const string Xen = "GRUB_CMDLINE_LINUX_XEN_REPLACE", XenDefault = "GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT";

    /// <param name="texts">The files in the order in which they are read.</param>
    /// <param name="forAll">New arguments go into GRUB_CMDLINE_LINUX, else into GRUB_CMDLINE_LINUX_DEFAULT.</param>
    /// <param name="own">The index of the file that takes new arguments on a line of their own; -1: they go where the variable is assigned.</param>
    /// <returns>The same files with their new texts.</returns>
    /// <exception cref="MalformedInputException">A file is of a form that is not edited here.</exception>
    public static IReadOnlyList<string> Change(IReadOnlyList<string> texts, ArgumentEdit edit, bool forAll, int own)
    {
        var after = Edited(texts, edit, [Linux, Default], forAll ? Linux : Default, own);
        var twin = forAll ? Xen : XenDefault;
        if (Live(after, Xen).Concat(Live(after, XenDefault)).Any(p => p.Of(after).AsSpan().Trim().Length > 0))
            after = Edited(after, edit, [Xen, XenDefault], Live(after, twin).Any(p => p.Of(after).AsSpan().Trim().Length > 0) ? twin : null, -1);
        edit.Prove("/etc/default/grub", GrubDefaultText.Together(texts), GrubDefaultText.Together(after));
        return after;
    }

    private readonly record struct Piece(int File, ShellAssignment Assignment)
    {
        public string Of(IReadOnlyList<string> texts) => Assignment.Raw(texts[File]);
    }

    private static string[] Edited(IReadOnlyList<string> texts, ArgumentEdit edit, IReadOnlyList<string> names, string? forNew, int own)
    {
        var chains = names.Select(n => Live(texts, n)).ToList();
        var pieces = chains.SelectMany(c => c).ToList();
        var (raws, left) = edit.Spread([.. pieces.Select(p => p.Of(texts))]);
        var changed = raws.ToArray();
        var chain = forNew is null ? [] : Live(texts, forNew);
        var home = own < 0 ? chain.FindIndex(p => !p.Assignment.Continues) : chain.FindLastIndex(p => p.File == own);
        if (home >= 0)
            changed[pieces.IndexOf(chain[home])] = KernelLine.Change(changed[pieces.IndexOf(chain[home])], left, []);
        var after = Spliced(texts, pieces, changed);
        if (home >= 0 || left.Count == 0 || forNew is null)
            return after;
        if (own >= 0)
            after[own] = WithLine(after[own], forNew, left);
        else if (chain.Count == 0)
            after[0] = ShellFile.Set(after[0], forNew, string.Join(' ', left));
        else
            throw new MalformedInputException($"{forNew} is put together by '+=' only; change it by hand");
        return after;
    }

    private static string[] Spliced(IReadOnlyList<string> texts, IReadOnlyList<Piece> pieces, IReadOnlyList<string> raws) =>
        [.. texts.Select((text, file) =>
        {
            var here = pieces.Zip(raws).Where(p => p.First.File == file).OrderBy(p => p.First.Assignment.Start).ToList();
            return TextSpan.Replace(text, [.. here.Select(p => p.First.Assignment.Span)], [.. here.Select(p => p.First.Assignment.Quoted(text, p.Second))]);
        })];

    private static string WithLine(string text, string name, IReadOnlyList<string> added)
    {
        var end = ShellFile.LineEnd(text);
        var before = text.Length == 0 ? $"# Kernel arguments for timekeeping, written by 'guestclock fix'{end}" : text[^1] == '\n' ? text : text + end;
        return $"{before}{name}=\"${name} {string.Join(' ', added)}\"{end}";
    }

    /// <summary>The assignments that count: the last one that does not go on from the value before, and all after it.</summary>
    private static List<Piece> Live(IReadOnlyList<string> texts, string name)
    {
        var all = texts.SelectMany((t, i) => ShellAssignments.Of(t, name).Select(a => new Piece(i, a))).ToList();
        var from = all.FindLastIndex(p => !p.Assignment.Continues);
        return from <= 0 ? all : all[from..];
    }
}
