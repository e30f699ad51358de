using Guestclock.Machines;

namespace Guestclock.Linux.Native;

/// <summary>What statx(2) says of a path, as far as it matters here.</summary>
internal readonly record struct FileStatus(EntryKind Kind, long Size, ulong Device)
{
    private const int NoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint BasicStats = 0x7FF;

    /// <summary>0, or the errno.</summary>
    public static unsafe int Get(int directory, string path, bool followLinks, out FileStatus status)
    {
        var buffer = stackalloc byte[256];
        var flags = path.Length == 0 ? EmptyPath : followLinks ? 0 : NoFollow;
        while (LibC.StatX(directory, path, flags, BasicStats, buffer) != 0)
        {
            if (Errno.Last == Errno.Interrupted)
                continue;
            status = default;
            return Errno.Last;
        }

        // struct statx of linux/stat.h: stx_mode u16 @28, stx_size u64 @40, stx_dev_major u32 @136, stx_dev_minor u32 @140.
        var mode = *(ushort*)(buffer + 28);
        var size = *(ulong*)(buffer + 40);
        var device = ((ulong)*(uint*)(buffer + 136) << 32) | *(uint*)(buffer + 140);
        status = new(KindOf(mode), size > long.MaxValue ? long.MaxValue : (long)size, device);
        return 0;
    }

    /// <summary>The kind with its article, for a sentence.</summary>
    public static string Describe(EntryKind kind) => kind switch
    {
        EntryKind.File => "a regular file",
        EntryKind.Directory => "a directory",
        EntryKind.Link => "a symbolic link",
        EntryKind.CharacterDevice => "a character device",
        EntryKind.BlockDevice => "a block device",
        EntryKind.Fifo => "a FIFO",
        _ => "a socket",
    };

    // S_IFMT and its values, linux/stat.h.
    private static EntryKind KindOf(int mode) => (mode & 0xF000) switch
    {
        0x8000 => EntryKind.File,
        0x4000 => EntryKind.Directory,
        0xA000 => EntryKind.Link,
        0x2000 => EntryKind.CharacterDevice,
        0x6000 => EntryKind.BlockDevice,
        0x1000 => EntryKind.Fifo,
        _ => EntryKind.Socket,
    };
}
