namespace Guestclock.Formats.Editing;

/// <summary>
/// The options from which Debian's and Ubuntu's update-grub writes the entries of menu.lst: comments such as <c># kopt=root=/dev/hda1 ro</c> in
/// its part of the file. <c>kopt</c> and <c>kopt_2_6_18</c> hold for every entry, <c>defoptions</c> for the ordinary ones besides, <c>xenkopt</c>
/// for Linux under Xen.
/// </summary>
public static class AutomagicOptions
{
    private const string Begin = "### BEGIN AUTOMAGIC KERNELS LIST", End = "### END DEBIAN AUTOMAGIC KERNELS LIST";
    private const string BeginOptions = "## ## Start Default Options ##", EndOptions = "## ## End Default Options ##";

    /// <summary>The values of the option lines in their order; empty where the file is not update-grub's.</summary>
    public static IReadOnlyList<string> Of(string text) => [.. Find(text).Select(f => text[f.Start..f.End])];

    /// <summary>
    /// Adds to every <c>kopt</c>, but changes an argument in <c>defoptions</c> or <c>xenkopt</c> where one of that name stands there; takes away
    /// everywhere.
    /// </summary>
    public static string Change(string text, IReadOnlyList<string> add, IReadOnlyList<string> remove)
    {
        var lines = new MenuLines(text);
        var found = Find(text);
        var ordinary = found.Where(f => f.Name == "defoptions").Select(f => KernelArguments.Parse(text[f.Start..f.End])).ToList();
        var forOrdinary = add.Where(a => ordinary.Exists(o => o.Has(Name(a)))).ToHashSet(StringComparer.Ordinal);
        foreach (var (_, start, end, forAll) in found)
        {
            var old = text[start..end];
            var present = KernelArguments.Parse(old);
            var wanted = add.Where(a => forAll ? !forOrdinary.Contains(a) : present.Has(Name(a)));
            var now = KernelLine.Change(old, wanted, remove);
            if (now != old)
                lines.Put(start, end, now);
        }

        return lines.Result();
    }

    private static string Name(string argument) => KernelArgument.Parse(argument).Name;

    private static List<(string Name, int Start, int End, bool ForAll)> Find(string text)
    {
        var found = new List<(string, int, int, bool)>();
        var lines = new MenuLines(text);
        var (inList, inOptions) = (false, false);
        for (var number = 1; number <= lines.Count; number++)
        {
            var (start, end) = lines.Line(number);
            var line = text.AsSpan(start, end - start);
            inList = line is Begin || (inList && line is not End);
            inOptions = inList && (line is BeginOptions || (inOptions && line is not EndOptions));
            if (!inOptions || !line.StartsWith("# ") || line.IndexOf('=') is not (> 2 and var at))
                continue;
            var name = line[2..at].ToString();
            var forAll = name == "kopt" || name.StartsWith("kopt_", StringComparison.Ordinal);
            if (forAll || name is "defoptions" or "xenkopt")
                found.Add((name, start + at + 1, end, forAll));
        }

        return found;
    }
}
