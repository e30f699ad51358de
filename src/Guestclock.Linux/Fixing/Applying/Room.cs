using Guestclock.Linux.Fixing.Calls;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Fixing.Applying;

/// <summary>Adds up what a run writes on each file system, and says where there is no room for it.</summary>
internal sealed class Room
{
    private const int BlockBytes = 4096;

    /// <summary>For what a directory and a journal need besides.</summary>
    private const int SpareBytes = 64 << 10;

    private const int ReadOnly = 1;
    private readonly Dictionary<ulong, (string Path, long FreeBytes, long Needed)> _needed = [];

    /// <exception cref="FixEngineException">It is read-only.</exception>
    public void Add(Folder folder, long bytes)
    {
        var device = FileStatus.Get(folder.Descriptor, "", true, out var status) == 0 ? status.Device : 0;
        if (!_needed.TryGetValue(device, out var so))
            so = (folder.Path, Free(folder), SpareBytes);
        _needed[device] = so with { Needed = so.Needed + ((bytes + BlockBytes - 1) / BlockBytes * BlockBytes) };
    }

    /// <exception cref="FixEngineException">There is no room.</exception>
    public void Check()
    {
        foreach (var (path, free, needed) in _needed.Values)
        {
            if (needed > free)
                throw new FixEngineException($"the file system of {path} has {free >> 10} KiB left, and {(needed + 1023) >> 10} KiB are needed");
        }
    }

    private static unsafe long Free(Folder folder)
    {
        // struct statvfs of sys/statvfs.h, 64 bits, glibc and musl: f_frsize @8, f_blocks @16, f_bfree @24, f_bavail @32, f_flag @72.
        var status = stackalloc ulong[32];
        if (LibC.FileSystemStatus(folder.Descriptor, status) != 0)
            return long.MaxValue;
        if ((status[9] & ReadOnly) != 0)
            throw Problem.Of(Errno.ReadOnlyFileSystem, "write", folder.Path);
        var (size, blocks, free) = (status[1], status[2], LibC.EffectiveUser() == 0 ? status[3] : status[4]);
        return blocks == 0 || free > (ulong)long.MaxValue / Math.Max(size, 1) ? long.MaxValue : (long)(size * free);
    }
}
