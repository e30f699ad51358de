namespace Guestclock.Formats.Boot;

/// <summary>One Linux entry as a boot loader's file has it.</summary>
/// <param name="Line">Line of the kernel's line, from 1.</param>
/// <param name="Kernel">The kernel's path as the loader names it.</param>
/// <param name="Arguments">What stands after the path, as one kernel command line; variables that are not known stay as text.</param>
/// <param name="Path">Where it stands in the menu: its own step last, those of the submenus around it before.</param>
public sealed record LoaderEntry(int Line, string Title, string Kernel, string Arguments, IReadOnlyList<MenuStep> Path);

/// <summary>One step in a menu.</summary>
/// <param name="Index">Place among its siblings from 0; -1 for an entry that the loader does not count.</param>
/// <param name="Id">The entry's own id (GRUB 2 <c>--id</c>, label of syslinux), or empty.</param>
public sealed record MenuStep(int Index, string Title, string Id);

/// <summary>A boot loader's file.</summary>
/// <param name="Entries">The Linux entries in their order.</param>
/// <param name="Default">What it says of the entry that boots by default: an index, a title, an id; null where it says nothing.</param>
/// <param name="Includes">Files that it reads, as it names them.</param>
/// <param name="Remarks">What is wrong in it, each a sentence that starts with the line's number.</param>
public sealed record LoaderFile(IReadOnlyList<LoaderEntry> Entries, string? Default, IReadOnlyList<string> Includes,
    IReadOnlyList<string> Remarks)
{
    /// <summary>GRUB 2's file contains <c>blscfg</c>: the entries below loader/entries are part of its menu.</summary>
    public bool ReadsBls { get; init; }

    /// <summary>Variables that the file sets (GRUB 2).</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
