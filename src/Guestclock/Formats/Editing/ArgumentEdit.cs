namespace Guestclock.Formats.Editing;

/// <summary>Kernel arguments to add and to take away, wherever a file has some.</summary>
/// <param name="Add">Each <c>name</c> or <c>name=value</c>; another value of that name gives way.</param>
/// <param name="Remove">Each as it stands there; '-' and '_' in names are the same, as to the kernel.</param>
public sealed record ArgumentEdit(IReadOnlyList<string> Add, IReadOnlyList<string> Remove)
{
    public bool IsEmpty => Add.Count + Remove.Count == 0;

    /// <summary>The line as it is wanted.</summary>
    public string Apply(string line) => KernelLine.Change(line, Add, Remove);

    /// <summary>Whether a command line has all that is to be added, with these values in force, and nothing of what is to go.</summary>
    public bool IsMet(KernelArguments arguments) =>
        Add.Select(KernelArgument.Parse).All(a => Stands(arguments, a))
        && !Remove.Select(KernelArgument.Parse).Any(r => arguments.All.Any(a => KernelLine.Equal(a, r)));

    /// <summary>Proves an edit: it is met, and every other argument stands as before, in the same order.</summary>
    /// <param name="where">The file, for the message.</param>
    /// <exception cref="MalformedInputException">It is not.</exception>
    public void Prove(string where, KernelArguments before, KernelArguments after)
    {
        if (!IsMet(after))
            throw new MalformedInputException($"{where}: the kernel arguments are put together in a way that is not edited here; change it by hand");
        if (!IsProven(before, after))
            throw new MalformedInputException($"{where}: other kernel arguments would change too; change it by hand");
    }

    /// <summary>Whether it is met, and every other argument stands as before.</summary>
    public bool IsProven(KernelArguments before, KernelArguments after) =>
        IsMet(after) && Others(before).SequenceEqual(Others(after), StringComparer.Ordinal);

    /// <summary>
    /// The same for a line that stands in several pieces: what goes is taken out of each; another value gives way in the last piece that has it;
    /// what stands in none is left over.
    /// </summary>
    public (IReadOnlyList<string> Pieces, IReadOnlyList<string> Left) Spread(IReadOnlyList<string> pieces)
    {
        var changed = pieces.ToArray();
        var left = new List<string>();
        foreach (var text in Add)
        {
            var wanted = KernelArgument.Parse(text);
            if (Stands(KernelArguments.Parse(string.Join(' ', changed)), wanted))
                continue;
            var at = wanted.Value is null || KernelLine.MayRepeat(wanted) ? -1
                : Array.FindLastIndex(changed, p => KernelArguments.Parse(p).All.Any(a => a.Is(wanted.Name) && a.Value is not null));
            if (at >= 0)
                changed[at] = KernelLine.Change(changed[at], [text], []);
            else
                left.Add(text);
        }

        return ([.. changed.Select(p => KernelLine.Change(p, [], Remove))], left);
    }

    private static bool Stands(KernelArguments arguments, KernelArgument wanted) =>
        wanted.Value is null || KernelLine.MayRepeat(wanted)
            ? arguments.All.Any(a => KernelLine.Equal(a, wanted))
            : arguments.Find(wanted.Name) is { } last && KernelLine.Equal(last, wanted);

    private IEnumerable<string> Others(KernelArguments arguments)
    {
        var added = Add.Select(KernelArgument.Parse).ToList();
        var removed = Remove.Select(KernelArgument.Parse).ToList();
        return arguments.All.Where(a => !added.Exists(x => KernelLine.MayRepeat(x) ? KernelLine.Equal(x, a) : x.Is(a.Name)) && !removed.Exists(x => KernelLine.Equal(x, a))).Select(a => a.Text);
    }
}
