using Guestclock.Linux.Native;

namespace Guestclock.Linux.Fixing.Files;

/// <summary>The flags of chattr(1) that keep even root from changing a file.</summary>
internal static class InodeFlags
{
    // FS_IOC_GETFLAGS, FS_IMMUTABLE_FL and FS_APPEND_FL of linux/fs.h, where long has 64 bits.
    private const nuint GetFlags = 0x80086601;
    private const int Immutable = 0x10;
    private const int AppendOnly = 0x20;

    /// <summary>What it is, and the option of chattr that ends it; null: neither, or the file system has no such flags.</summary>
    public static unsafe (string Name, string Undo)? Of(int descriptor)
    {
        // The kernel fills in an int, whatever the number says.
        long flags = 0;
        if (LibC.IoControl(descriptor, GetFlags, &flags) != 0)
            return null;
        return (flags & Immutable) != 0 ? ("immutable", "-i") : (flags & AppendOnly) != 0 ? ("append-only", "-a") : null;
    }
}
