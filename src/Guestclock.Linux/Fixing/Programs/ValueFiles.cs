using System.Text;
using Guestclock.Linux.Fixing.Calls;
using Guestclock.Linux.Fixing.Files;
using Guestclock.Linux.Machines;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Fixing.Programs;

/// <summary>Values of sysfs and of /proc/sys. Their links are the kernel's own, and are followed inside the file system.</summary>
internal sealed class ValueFiles(FixRoot root, ChangeCalls calls)
{
    private const int MostBytes = 64 << 10;

    /// <summary>The value without its line end; null where there is none.</summary>
    /// <exception cref="FixEngineException">It cannot be read.</exception>
    public string? Read(string path) => At<string?>(path, null, (directory, name) =>
    {
        var fact = RegularFile.Read(directory, name, MostBytes, path, followLinks: false);
        return fact.TryGet(out var bytes) ? Encoding.Latin1.GetString(bytes).TrimEnd('\n', ' ') : throw new FixEngineException($"{path} cannot be read: {fact.Why}");
    });

    /// <summary>Sets a value and reads it back.</summary>
    /// <exception cref="FixEngineException">The kernel does not take it.</exception>
    public void Write(string path, string value)
    {
        At(path, false, (directory, name) =>
        {
            var descriptor = LibC.OpenAt(directory, name, OpenFlags.Write | OpenFlags.NoFollow);
            if (descriptor < 0)
                throw Problem.Of(Errno.Last, "write", path);
            try
            {
                // A file of a test keeps what is behind; a value of the kernel has no length.
                calls.Truncate(descriptor, path);
                calls.Write(descriptor, Encoding.Latin1.GetBytes(value + "\n"), path);
            }
            finally
            {
                _ = LibC.Close(descriptor);
            }

            return true;
        });
        if (Read(path) is var now && now != value)
            throw new FixEngineException($"{path} is '{now}' after '{value}' was written");
    }

    private T At<T>(string path, T missing, Func<int, string, T> then)
    {
        var parts = StepPath.Of(path);
        if (!path.StartsWith("/sys/", StringComparison.Ordinal) && !path.StartsWith("/proc/sys/", StringComparison.Ordinal))
            throw new FixEngineException($"{path} is no value of the kernel");
        var top = LibC.OpenAt(root.Descriptor, parts.Folders[0], OpenFlags.Place);
        if (top < 0)
            return Errno.Last == Errno.NoEntry ? missing : throw Problem.Of(Errno.Last, "open", path);
        try
        {
            using var walk = new RootWalk(top, 0);
            var errno = walk.To(string.Join('/', [.. parts.Folders.Skip(1), parts.Name]), followLast: true);
            return errno == 0 ? then(walk.Directory, walk.Name) : errno == Errno.NoEntry ? missing : throw Problem.Of(errno, "open", path);
        }
        finally
        {
            _ = LibC.Close(top);
        }
    }
}
