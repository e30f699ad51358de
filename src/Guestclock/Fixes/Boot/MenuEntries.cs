using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Formats.Boot;
using Guestclock.Remedies;

namespace Guestclock.Fixes.Boot;

/// <summary>The entries of one menu whose arguments are changed, and those that stay as they are.</summary>
internal sealed class MenuEntries
{
    // Boot protocol 2.06 told the loader its size (Documentation/x86/boot.txt, "cmdline_size"); before it was 255.
    private const int MostOld = 255, Most = 2047;

    private readonly IReadOnlyList<LoaderEntry> _entries;
    private readonly bool[] _changes;

    /// <param name="judged">The entries as they were judged.</param>
    /// <param name="file">The same file as it is now.</param>
    /// <exception cref="FixRefusedException">There are other entries now.</exception>
    public MenuEntries(FixContext context, ArgumentChange change, string path, IReadOnlyList<BootEntry> judged, LoaderFile file)
    {
        if (judged.Count != file.Entries.Count)
            throw new FixRefusedException($"{path} has changed since it was judged; run it again");
        _entries = file.Entries;
        _changes = [.. judged.Select((entry, i) => IsRunWith(context, entry, file.Entries[i]) && Fits(context, change, path, file.Entries[i]))];
    }

    /// <summary>The n-th entry's arguments after the change.</summary>
    public string Change(int entry, string line, ArgumentChange change) =>
        _changes[entry] ? LoopsPerJiffy.Of(change, _entries[entry].Kernel).Apply(line) : line;

    // Not an entry for repair, unless the next boot takes it; nor what 'term' begins, which is none to GRUB.
    private static bool IsRunWith(FixContext context, BootEntry judged, LoaderEntry entry) =>
        entry.Path[^1].Index >= 0 && (!judged.IsRescue || ReferenceEquals(judged, context.Facts.Boot.DefaultEntry));

    private static bool Fits(FixContext context, ArgumentChange change, string path, LoaderEntry entry)
    {
        var length = change.Apply(entry.Arguments).Length;
        var most = Version(entry.Kernel) is { } version && version.CompareTo((2, 6, 22)) < 0 ? MostOld : Most;
        if (length <= most || length <= entry.Arguments.Length)
            return true;
        context.LeaveToUser($"{path}: the arguments of '{entry.Title}' would be {length} characters long, of which its kernel reads {most}: take out what is not needed, "
            + "then run the repair again");
        return false;
    }

    /// <summary>Of a kernel by its file's name: vmlinuz-2.6.18-164.el5.</summary>
    private static (int Major, int Minor, int Patch)? Version(string kernel)
    {
        for (var at = kernel.IndexOf('-', StringComparison.Ordinal); at >= 0 && at + 1 < kernel.Length; at = kernel.IndexOf('-', at + 1))
        {
            if (KernelVersion.Parse(kernel[(at + 1)..]) is { Major: > 0, Minor: > 0 } version)
                return version;
        }

        return null;
    }
}
