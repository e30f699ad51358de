using Guestclock.Linux.Fixing.Calls;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Fixing.Applying;

/// <summary>Adds up what a run writes on each file system, and says where there is no room for it.</summary>
internal sealed class Room
{
    private const int BlockBytes = 4096;

    /// <summary>For what a directory and a journal need besides.</summary>
    private const int SpareBytes = 64 << 10;

    /// <summary>For the folders and the journal of a run, and what is written beside.</summary>
    private const int SpareNames = 10;

    private const int ReadOnly = 1;
    private readonly Dictionary<ulong, (string Path, long FreeBytes, long Needed, long FreeNames, long NeededNames)> _needed = [];

    /// <param name="names">Files, links and folders that are new: each takes an inode, of which many file systems have a fixed number.</param>
    /// <exception cref="FixEngineException">It is read-only.</exception>
    public void Add(Folder folder, long bytes, int names)
    {
        var device = FileStatus.Get(folder.Descriptor, "", true, out var status) == 0 ? status.Device : 0;
        if (!_needed.TryGetValue(device, out var so))
        {
            var (freeBytes, freeNames) = Free(folder);
            so = (folder.Path, freeBytes, SpareBytes, freeNames, SpareNames);
        }

        _needed[device] = so with
        {
            Needed = so.Needed + ((bytes + BlockBytes - 1) / BlockBytes * BlockBytes),
            NeededNames = so.NeededNames + names,
        };
    }

    /// <exception cref="FixEngineException">There is no room.</exception>
    public void Check()
    {
        foreach (var (path, free, needed, freeNames, neededNames) in _needed.Values)
        {
            if (needed > free)
                throw new FixEngineException($"the file system of {path} has {free >> 10} KiB left, and {(needed + 1023) >> 10} KiB are needed");
            if (neededNames > freeNames)
                throw new FixEngineException($"the file system of {path} has room for {freeNames} more files, and {neededNames} are needed (df -i)");
        }
    }

    private static unsafe (long Bytes, long Names) Free(Folder folder)
    {
        // struct statvfs of sys/statvfs.h, 64 bits, glibc and musl: f_frsize @8, f_blocks @16, f_bfree @24, f_bavail @32, f_files @40, f_ffree @48,
        // f_favail @56, f_flag @72; a file system that makes inodes as it needs them says 0 of f_files.
        var status = stackalloc ulong[32];
        if (LibC.FileSystemStatus(folder.Descriptor, status) != 0)
            return (long.MaxValue, long.MaxValue);
        if ((status[9] & ReadOnly) != 0)
            throw Problem.Of(Errno.ReadOnlyFileSystem, "write", folder.Path);
        var isRoot = LibC.EffectiveUser() == 0;
        var (size, blocks, free) = (status[1], status[2], isRoot ? status[3] : status[4]);
        var bytes = blocks == 0 || free > (ulong)long.MaxValue / Math.Max(size, 1) ? long.MaxValue : (long)(size * free);
        return (bytes, status[5] == 0 ? long.MaxValue : (long)Math.Min(isRoot ? status[6] : status[7], long.MaxValue));
    }
}
