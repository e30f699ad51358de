using Guestclock.Linux.Fixing.Calls;
using Guestclock.Linux.Native;
using Guestclock.Machines;

namespace Guestclock.Linux.Fixing.Files;

/// <summary>What stands at a name now.</summary>
/// <param name="Content">Of a regular file.</param>
/// <param name="Obstacle">Why it must not be replaced, a sentence; null where nothing stands in the way.</param>
internal sealed record Entry(EntryState State, byte[]? Content, string? Obstacle)
{
    /// <summary>A larger one is not taken back, and so not changed.</summary>
    public const int MostBytes = 64 << 20;

    private static readonly Entry Absent = new(EntryState.Absent, null, null);

    /// <exception cref="FixEngineException">It cannot be read, or it is neither a regular file nor a link.</exception>
    public static Entry Look(Folder folder, string name)
    {
        var path = folder.At(name);
        var errno = FileDetails.Get(folder.Descriptor, name, out var details);
        if (errno == Errno.NoEntry)
            return Absent;
        if (errno != 0)
            throw Problem.Of(errno, "look at", path);
        return details.Kind switch
        {
            EntryKind.Link => OfLink(folder, name, details),
            EntryKind.File => OfFile(folder, name),
            _ => throw new FixEngineException($"{path} is {FileStatus.Describe(details.Kind)}, not a regular file"),
        };
    }

    private static Entry OfLink(Folder folder, string name, FileDetails details)
    {
        var errno = DirectoryNames.ReadLink(folder.Descriptor, name, out var target);
        if (errno != 0)
            throw Problem.Of(errno, "read the link", folder.At(name));
        if (target.Contains('\uFFFD', StringComparison.Ordinal))
            throw new FixEngineException($"the link {folder.At(name)} is not UTF-8");
        var state = EntryState.Link(target) with { Details = Of(details, Attributes.OfLink(folder, name)) };
        return new(state, null, null);
    }

    private static Entry OfFile(Folder folder, string name)
    {
        var path = folder.At(name);
        var descriptor = LibC.OpenAt(folder.Descriptor, name, OpenFlags.Read | OpenFlags.NoFollow);
        if (descriptor < 0)
            throw Problem.Of(Errno.Last, "read", path);
        try
        {
            var errno = FileDetails.Get(descriptor, "", out var details);
            if (errno != 0)
                throw Problem.Of(errno, "look at", path);
            if (details.Kind != EntryKind.File)
                throw new FixEngineException($"{path} is {FileStatus.Describe(details.Kind)}, not a regular file");
            var attributes = Attributes.OfFile(descriptor, path);
            var content = RegularFile.Read(descriptor, MostBytes, path);
            if (!content.TryGet(out var bytes))
                throw new FixEngineException($"{path} cannot be read: {content.Why}");
            var state = EntryState.File(Sha256.Of(bytes)) with { Details = Of(details, attributes) };
            return new(state, bytes, ObstacleOf(descriptor, path, details.Links));
        }
        finally
        {
            _ = LibC.Close(descriptor);
        }
    }

    private static string? ObstacleOf(int descriptor, string path, uint links) =>
        InodeFlags.Of(descriptor) is { } flags ? $"{path} is {flags.Name}: 'chattr {flags.Undo} {path}' lets it be changed"
        : links > 1 ? $"{path} is one of {links} names of the same file (hard links): give it a file of its own first ('cp -a' to a new name, then 'mv' that over it)"
        : null;

    private static EntryDetails Of(FileDetails details, IReadOnlyDictionary<string, byte[]> attributes) =>
        new(details.Mode, details.User, details.Group, details.Accessed, details.Modified, attributes);
}
