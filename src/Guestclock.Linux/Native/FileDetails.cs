using Guestclock.Machines;

namespace Guestclock.Linux.Native;

/// <summary>What statx(2) says of a file that is to be put back as it was.</summary>
/// <param name="Mode">The twelve bits of permissions.</param>
internal readonly record struct FileDetails(
    FileStatus Status, uint Mode, uint User, uint Group, uint Links, ulong Inode, FileTime Accessed, FileTime Modified)
{
    private const int NoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint BasicStats = 0x7FF;

    public EntryKind Kind => Status.Kind;

    /// <summary>Of a name in a directory, a link itself; of the descriptor where the name is empty. 0, or the errno.</summary>
    public static unsafe int Get(int directory, string name, out FileDetails details)
    {
        details = default;
        var errno = FileStatus.Get(directory, name, followLinks: false, out var status);
        if (errno != 0)
            return errno;
        var buffer = stackalloc byte[256];
        if (LibC.StatX(directory, name, name.Length == 0 ? EmptyPath : NoFollow, BasicStats, buffer) != 0)
            return Errno.Last;

        // struct statx of linux/stat.h: nlink u32 @16, uid u32 @20, gid u32 @24, mode u16 @28, ino u64 @32; atime @64 and mtime @112, each
        // seconds i64 and nanoseconds u32.
        details = new(status, *(ushort*)(buffer + 28) & 0xFFFu, *(uint*)(buffer + 20), *(uint*)(buffer + 24), *(uint*)(buffer + 16),
            *(ulong*)(buffer + 32), new(*(long*)(buffer + 64), *(uint*)(buffer + 72)), new(*(long*)(buffer + 112), *(uint*)(buffer + 120)));
        return 0;
    }
}

/// <summary>A timestamp of a file, whole: .NET's have only 100 ns.</summary>
/// <param name="Seconds">Since 1970, may be negative.</param>
/// <param name="Nanoseconds">0 to 999999999, added.</param>
internal readonly record struct FileTime(long Seconds, uint Nanoseconds);
