using Guestclock.Machines;

namespace Guestclock.Probes;

/// <summary>
/// Drop-in directories of one kind (modules-load.d, modprobe.d): a file hides files of the same name in later directories, a link to
/// /dev/null hides them all, and the files that remain are read in the order of their names.
/// </summary>
public static class DropInFiles
{
    /// <param name="folders">The first has the highest precedence.</param>
    /// <param name="part">A text that a name must hold as well.</param>
    public static IReadOnlyList<string> Find(IMachine machine, IReadOnlyList<string> folders, string suffix, string part = "")
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            foreach (var name in machine.List(folder).Or([]))
            {
                if (name.EndsWith(suffix, StringComparison.Ordinal) && name.Contains(part, StringComparison.Ordinal))
                    files.TryAdd(name, $"{folder}/{name}");
            }
        }

        return [.. files.Values.Where(f => !machine.ReadLink(f).Is(t => t == "/dev/null"))];
    }
}
