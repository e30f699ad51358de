using Guestclock.Linux.Native;

namespace Guestclock.Linux.Fixing.Calls;

/// <summary>
/// Everything of a run that changes something goes through here, so that tests can have any of it fail, or have the process end there.
/// Each call throws where it fails, with a sentence for the user.
/// </summary>
/// <param name="fault">Called before each call with its name and what it is about: 0 lets it happen, an errno has it fail.</param>
internal sealed partial class ChangeCalls(Func<string, string, int>? fault = null)
{
    private const int NotFollowed = 0x100;
    private const int DirectoryOnly = 0x200;

    /// <summary>Most bytes of one write(2).</summary>
    public int ChunkBytes { get; init; } = 1 << 20;

    /// <summary>A new file, for writing.</summary>
    public int Create(Folder folder, string name, uint mode) =>
        Do("create", folder.At(name), () => LibC.CreateAt(folder.Descriptor, name, OpenFlags.New, mode));

    /// <summary>A file that others wait for.</summary>
    public int CreateLock(Folder folder, string name, uint mode) =>
        Do("create", folder.At(name), () => LibC.CreateAt(folder.Descriptor, name, OpenFlags.Lock, mode));

    public unsafe void Write(int descriptor, ReadOnlySpan<byte> bytes, string path)
    {
        while (bytes.Length > 0)
        {
            var (chunk, written) = (Math.Min(bytes.Length, ChunkBytes), 0);
            fixed (byte* at = bytes)
            {
                var start = (nint)at;
                written = Do("write", path, () => (int)LibC.Write(descriptor, (byte*)start, chunk));
            }

            bytes = bytes[written..];
        }
    }

    public void Truncate(int descriptor, string path) => Do("truncate", path, () => LibC.Truncate(descriptor, 0));

    public void Sync(int descriptor, string path) => Do("sync", path, () => LibC.Sync(descriptor));

    /// <summary>What was made, renamed or removed in it is on disk.</summary>
    public void Sync(Folder folder) => Do("sync", folder.Path, () =>
    {
        var result = LibC.Sync(folder.Descriptor);

        // Some file systems have no such call for directories.
        return result < 0 && Errno.Last == Errno.Invalid ? 0 : result;
    });

    public void SetMode(int descriptor, uint mode, string path) => Do("chmod", path, () => LibC.ChangeMode(descriptor, mode));

    public void SetOwner(int descriptor, uint user, uint group, string path) => Do("chown", path, () => LibC.ChangeOwner(descriptor, user, group));

    public void SetLinkOwner(Folder folder, string name, uint user, uint group) =>
        Do("chown", folder.At(name), () => LibC.ChangeOwnerAt(folder.Descriptor, name, user, group, NotFollowed));

    public unsafe void SetTimes(int descriptor, FileTime accessed, FileTime modified, string path)
    {
        var times = stackalloc long[] { accessed.Seconds, accessed.Nanoseconds, modified.Seconds, modified.Nanoseconds };
        var at = (nint)times;
        Do("utimens", path, () => LibC.SetTimes(descriptor, (long*)at));
    }

    public unsafe void SetLinkTimes(Folder folder, string name, FileTime accessed, FileTime modified)
    {
        var times = stackalloc long[] { accessed.Seconds, accessed.Nanoseconds, modified.Seconds, modified.Nanoseconds };
        var at = (nint)times;
        Do("utimens", folder.At(name), () => LibC.SetTimesAt(folder.Descriptor, name, (long*)at, NotFollowed));
    }

    public void MakeFolder(Folder folder, string name, uint mode) =>
        Do("mkdir", folder.At(name), () => LibC.MakeDirectoryAt(folder.Descriptor, name, mode));

    public void MakeLink(Folder folder, string name, string target) =>
        Do("symlink", folder.At(name), () => LibC.MakeLinkAt(target, folder.Descriptor, name));

    public void Rename(Folder folder, string from, string to) =>
        Do("rename", folder.At(to), () => LibC.RenameAt(folder.Descriptor, from, folder.Descriptor, to));

    /// <summary>A file or link; it is well if there is none.</summary>
    public void Remove(Folder folder, string name) => Do("remove", folder.At(name), () =>
        LibC.UnlinkAt(folder.Descriptor, name, 0) is var result && result < 0 && Errno.Last == Errno.NoEntry ? 0 : result);

    /// <summary>False where it is not empty; it is well if there is none.</summary>
    public bool RemoveFolder(Folder folder, string name) => Do("rmdir", folder.At(name), () =>
        LibC.UnlinkAt(folder.Descriptor, name, DirectoryOnly) is var result && result >= 0 ? 1
            : Errno.Last switch { Errno.NoEntry => 1, Errno.NotEmpty or Errno.Exists or Errno.NotADirectory or Errno.Busy => 0, _ => -1 }) == 1;

    /// <summary>Something that is no system call of this process: a program, a definition of libvirt.</summary>
    public T Other<T>(string call, string what, Func<T> action)
    {
        var errno = fault?.Invoke(call, what) ?? 0;
        return errno == 0 ? action() : throw Problem.Of(errno, call, what);
    }

    private int Do(string call, string path, Func<int> action)
    {
        var errno = fault?.Invoke(call, path) ?? 0;
        while (errno == 0)
        {
            var result = action();
            if (result >= 0)
                return result;
            errno = Errno.Last == Errno.Interrupted ? 0 : Errno.Last;
        }

        throw Problem.Of(errno, call, path);
    }
}
