using Guestclock.Fixes.Steps;
using Guestclock.Linux.Fixing.Calls;
using Guestclock.Linux.Fixing.Files;
using Guestclock.Linux.Fixing.Journals;
using Guestclock.Linux.Native;
using Guestclock.Machines;

namespace Guestclock.Linux.Fixing.Applying;

/// <summary>Looks at the files and links of a plan.</summary>
internal sealed class FilePreflight(FixRoot root, Preparation preparation, Room room)
{
    private const string All = "/*";
    private const int MostFolderNames = 1000;

    // W_OK and X_OK of unistd.h, AT_EACCESS of fcntl.h.
    private const int WriteAndSearch = 3;
    private const int AsEffectiveUser = 0x200;

    public JournalEntry Check(FileStep step)
    {
        var entry = Look(step.Path, step.After.Length);
        if (entry.State.Kind == EntryKind.Link)
            throw new FixEngineException($"{step.Path} is a symbolic link, where the plan saw a file: plan again");
        var isSame = step.Before is null ? entry.State.Kind is null : entry.Content is not null && entry.Content.AsSpan().SequenceEqual(step.Before);
        if (!isSame)
            throw Changed(step.Path, entry, step.Before is null);
        if (step.Like is { } like && entry.State.Kind is null && Look(like, 0).State.Kind != EntryKind.File)
            throw new FixEngineException($"{like}, which {step.Path} is to be like, is gone since the plan was made: plan again");
        return preparation.Entry(step.Path, entry, EntryState.File(Sha256.Of(step.After)));
    }

    public JournalEntry Check(LinkStep step)
    {
        var entry = Look(step.Path, 0);
        if (entry.State.Kind == EntryKind.File || entry.State.Target != step.Before)
            throw Changed(step.Path, entry, step.Before is null);
        if (step.After is "" || step.After?.Contains('\0', StringComparison.Ordinal) == true)
            throw new FixEngineException($"{step.Path} would be a link to nothing");
        return preparation.Entry(step.Path, entry, step.After is null ? EntryState.Absent : EntryState.Link(step.After));
    }

    /// <summary>Adds the files that a program writes, and returns the folders all of whose files it may write.</summary>
    public IReadOnlyList<string> Check(ProgramStep step, List<JournalEntry> entries)
    {
        var folders = new List<string>();
        foreach (var path in step.Writes)
        {
            if (path.EndsWith(All, StringComparison.Ordinal))
                folders.Add(path[..^All.Length]);
            else
                entries.Add(Written(path));
        }

        foreach (var folder in folders)
            entries.AddRange(Names(root, folder).Select(n => Written($"{folder}/{n}", mayBeLink: true)));
        return folders;
    }

    /// <summary>The regular files and links in a folder; none where there is no folder.</summary>
    public static IEnumerable<string> Names(FixRoot root, string path)
    {
        using var folder = root.Find(StepPath.Of(path + "/x"));
        if (folder is null)
            return [];
        var fact = DirectoryNames.List(folder.Descriptor, ".", path);
        if (!fact.TryGet(out var names) || names.Count > MostFolderNames)
            throw new FixEngineException($"{path} cannot be kept: {fact.Why ?? $"more than {MostFolderNames} names"}");
        return [.. names.Where(n => FileStatus.Get(folder.Descriptor, n, false, out var status) == 0 && status.Kind is EntryKind.File or EntryKind.Link)];
    }

    /// <exception cref="FixEngineException">Nothing can be made there.</exception>
    public static void CheckWritable(Folder folder)
    {
        if (InodeFlags.Of(folder.Descriptor) is { } flags)
            throw new FixEngineException($"the folder {folder.Path} is {flags.Name}: 'chattr {flags.Undo} {folder.Path}' lets it be changed");
        if (LibC.AccessAt(folder.Descriptor, ".", WriteAndSearch, AsEffectiveUser) != 0)
            throw Problem.Of(Errno.Last, "write in", folder.Path);
    }

    private static FixEngineException Changed(string path, Entry entry, bool wasAbsent) => new(
        entry.State.Kind is null ? $"{path} is gone since the plan was made: plan again"
        : wasAbsent ? $"{path} has come since the plan was made: plan again"
        : $"{path} has changed since the plan was made: plan again");

    private JournalEntry Written(string path, bool mayBeLink = false)
    {
        var entry = Look(path, 0, mayBeMissing: true);
        return entry.State.Kind == EntryKind.Link && !mayBeLink
            ? throw new FixEngineException($"{path} is a symbolic link: what stands behind it cannot be kept by this name")
            : preparation.Entry(path, entry, null);
    }

    /// <param name="mayBeMissing">Its folder is not made by us.</param>
    private Entry Look(string path, long newBytes, bool mayBeMissing = false)
    {
        var parts = StepPath.Of(path);
        if (root.IsOfRunningMachine(parts))
            throw new FixEngineException($"{path} belongs to a running kernel, and is no file to be replaced");
        using var folder = root.Nearest(parts);
        if (folder.Path == parts.Folder || !mayBeMissing)
            CheckWritable(folder);
        room.Add(folder, newBytes, 1);
        if (folder.Path != parts.Folder)
        {
            if (!mayBeMissing)
                room.Add(folder, 0, preparation.Make(root.Missing(parts)));
            return new(EntryState.Absent, null, null);
        }

        var entry = Entry.Look(folder, parts.Name);
        if (entry.Obstacle is { } obstacle && !mayBeMissing)
            throw new FixEngineException(obstacle);
        if (entry.State.Details is { } details && LibC.EffectiveUser() is var user && user != 0 && details.User != user)
            throw new FixEngineException($"{path} belongs to another user: run it as root");
        return entry;
    }
}
