using Guestclock.Facts;

namespace Guestclock.Linux.Native;

/// <summary>A device, opened for reading only and without waiting, for as long as it is used.</summary>
internal static class DeviceFile
{
    /// <summary>What <paramref name="use"/> makes of the descriptor; where the device cannot be opened, a fact that says why.</summary>
    public static Fact<byte[]> Use(string path, string source, Func<int, Fact<byte[]>> use)
    {
        var descriptor = LibC.OpenAt(LibC.WorkingDirectory, path, OpenFlags.Read);
        if (descriptor < 0)
            return Errno.ToFact<byte[]>(Errno.Last, "open", path, source);
        try
        {
            return use(descriptor);
        }
        finally
        {
            _ = LibC.Close(descriptor);
        }
    }
}
