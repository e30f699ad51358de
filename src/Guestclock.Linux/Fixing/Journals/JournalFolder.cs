using Guestclock.Linux.Fixing.Calls;
using Guestclock.Linux.Fixing.Files;
using Guestclock.Linux.Machines;
using Guestclock.Linux.Native;
using Guestclock.Machines;

namespace Guestclock.Linux.Fixing.Journals;

/// <summary><c>/var/lib/guestclock/fixes</c> of a root. A link of /var or /var/lib is followed inside the root; the rest is ours, and no link.</summary>
internal static class JournalFolder
{
    public const string Path = "/var/lib/guestclock/fixes";

    private const uint Open = 0x1ED;
    private const uint Private = 0x1C0;
    private const uint WritableByOthers = 0x12;
    private const int Followed = 2;

    /// <summary>Null where there is none.</summary>
    public static Folder? Find(FixRoot root)
    {
        var (folder, isWhole) = Walk(root, null);
        if (isWhole)
            return folder;
        folder.Dispose();
        return null;
    }

    /// <summary>The innermost folder of it that is there.</summary>
    public static Folder Nearest(FixRoot root) => Walk(root, null).Folder;

    public static Folder Make(FixRoot root, ChangeCalls calls) => Walk(root, calls).Folder;

    private static (Folder Folder, bool IsWhole) Walk(FixRoot root, ChangeCalls? calls)
    {
        var parts = StepPath.Of(Path + "/x");
        var folder = root.Find(parts, 0)!;
        for (var i = 0; i < parts.Folders.Count; i++)
        {
            var outer = folder;
            var isKept = false;
            try
            {
                var next = i < Followed ? Follow(root, parts.Prefix(i + 1)) : FixRoot.Open(outer, parts.Folders[i]);
                isKept = next is null && calls is null;
                if (isKept)
                    return (outer, false);
                folder = next ?? FixRoot.Make(outer, parts.Folders[i], calls!, i == parts.Folders.Count - 1 ? Private : Open);
            }
            finally
            {
                if (!isKept)
                    outer.Dispose();
            }

            if (i >= Followed)
                Check(folder);
        }

        return (folder, true);
    }

    private static Folder? Follow(FixRoot root, string path)
    {
        using var walk = new RootWalk(root.Descriptor, root.Device);
        var errno = walk.To(path, followLast: true);
        if (errno == Errno.NoEntry)
            return null;
        if (errno != 0 || walk.Status.Kind != EntryKind.Directory)
            throw Problem.Of(errno == 0 ? Errno.NotADirectory : errno, "open", path);
        var descriptor = LibC.OpenAt(walk.Directory, ".", OpenFlags.List);
        return descriptor >= 0 ? new(descriptor, path) : throw Problem.Of(Errno.Last, "open", path);
    }

    /// <summary>
    /// Who can write there could have a rollback write anything, as anybody: root that repairs an image in a user's home must not believe that
    /// user's journals.
    /// </summary>
    private static void Check(Folder folder)
    {
        var errno = FileDetails.Get(folder.Descriptor, "", out var details);
        if (errno == 0 && (details.Mode & WritableByOthers) == 0 && (details.User == 0 || details.User == LibC.EffectiveUser()))
            return;
        folder.Dispose();
        throw new FixEngineException($"{folder.Path} can be written by others, whose journals are not believed: run it as its owner, or move it away");
    }
}
