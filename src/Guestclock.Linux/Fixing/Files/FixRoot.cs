using System.Runtime.InteropServices;
using Guestclock.Linux.Fixing.Calls;
using Guestclock.Linux.Native;
using Guestclock.Machines;

namespace Guestclock.Linux.Fixing.Files;

/// <summary>
/// The root of the machine that is changed. Its folders are opened name by name and no link is followed, so that nothing outside of it is
/// reached; what a plan names holds no links, and one that is there has come since.
/// </summary>
internal sealed class FixRoot : IDisposable
{
    private readonly string _path;

    private FixRoot(int descriptor, ulong device, string path, bool isLive) => (Descriptor, Device, _path, IsLive) = (descriptor, device, path, isLive);

    public int Descriptor { get; }

    /// <summary>The file system that it is on.</summary>
    public ulong Device { get; }

    /// <summary>The running machine: programs run.</summary>
    public bool IsLive { get; }

    /// <exception cref="FixEngineException">It cannot be opened.</exception>
    public static FixRoot Open(string path, bool isLive)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
            throw new FixEngineException("the root is an empty name");
        var descriptor = LibC.OpenAt(LibC.WorkingDirectory, path, OpenFlags.List);
        if (descriptor >= 0 && FileStatus.Get(descriptor, "", true, out var status) == 0)
            return new(descriptor, status.Device, path == "/" ? "" : Path.GetFullPath(path), isLive);
        throw new FixEngineException(Errno.Last == Errno.NotADirectory ? $"'{path}' is no directory: only a directory can be changed"
            : $"'{path}' cannot be opened: {Marshal.GetPInvokeErrorMessage(Errno.Last)}");
    }

    /// <summary>Where a program of the running machine stands, for exec.</summary>
    public string HostPath(string path) => _path + path;

    /// <summary>The folder that a path names; null where there is none.</summary>
    /// <exception cref="FixEngineException">A link or something else stands in the way.</exception>
    public Folder? Find(StepPath path) => Find(path, path.Folders.Count);

    /// <summary>As <see cref="Find(StepPath)"/>; null also where something stands in the way.</summary>
    public Folder? FindQuietly(StepPath path)
    {
        try
        {
            return Find(path);
        }
        catch (FixEngineException)
        {
            return null;
        }
    }

    /// <summary>The folder of a path's first names; null where there is none.</summary>
    /// <exception cref="FixEngineException">Something stands in the way; or it is what the running machine mounts into a chroot: a journal of an
    /// image, which anybody may have written, would reach that machine.</exception>
    public Folder? Find(StepPath path, int count)
    {
        if (count > 0 && !IsLive && IsOfRunningMachine(path))
            throw new FixEngineException($"{path.Prefix(count)} belongs to the running machine, and not to the one below this root");
        var descriptor = Reopen(Descriptor, "/");
        for (var i = 0; i < count; i++)
        {
            var next = LibC.OpenAt(descriptor, path.Folders[i], OpenFlags.Place);
            var errno = next < 0 ? Errno.Last : 0;
            var kind = errno is 0 or Errno.NoEntry || FileStatus.Get(descriptor, path.Folders[i], false, out var status) != 0
                ? EntryKind.Directory : status.Kind;
            _ = LibC.Close(descriptor);
            if (errno == Errno.NoEntry)
                return null;
            if (errno != 0)
                throw kind == EntryKind.Directory ? Problem.Of(errno, "open", path.Prefix(i + 1))
                    : new($"{path.Prefix(i + 1)} is {FileStatus.Describe(kind)}, where the plan saw a folder");
            descriptor = next;
        }

        try
        {
            return new(Reopen(descriptor, path.Prefix(count)), path.Prefix(count));
        }
        finally
        {
            _ = LibC.Close(descriptor);
        }
    }

    /// <summary>Below /proc, /sys, /dev and, of an image, /run.</summary>
    public bool IsOfRunningMachine(StepPath path) =>
        (path.Folders.Count == 0 ? path.Name : path.Folders[0]) is var top && (top is "proc" or "sys" or "dev" || (top == "run" && !IsLive));

    /// <summary>The folders of a path that are not there yet, outermost first.</summary>
    public IEnumerable<string> Missing(StepPath path)
    {
        var there = Existing(path);
        return Enumerable.Range(there + 1, path.Folders.Count - there).Select(path.Prefix);
    }

    /// <summary>The innermost folder of a path that is there.</summary>
    public Folder Nearest(StepPath path) => Innermost(path).Folder;

    /// <summary>The folder of a path, made where it is missing.</summary>
    public Folder Make(StepPath path, ChangeCalls calls, uint mode)
    {
        var (folder, there) = Innermost(path);
        for (var i = there; i < path.Folders.Count; i++)
        {
            var outer = folder;
            using (outer)
                folder = Make(outer, path.Folders[i], calls, mode);
        }

        return folder;
    }

    /// <summary>Makes one folder and opens it.</summary>
    public static Folder Make(Folder outer, string name, ChangeCalls calls, uint mode)
    {
        calls.MakeFolder(outer, name, mode);
        var made = Open(outer, name) ?? throw Problem.Of(Errno.NoEntry, "open", outer.At(name));
        try
        {
            calls.SetMode(made.Descriptor, mode, made.Path);
            Labels.FromFolder(outer, made.Descriptor, made.Path, calls);
            calls.Sync(outer);
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    /// <summary>A folder in another one; null where there is none.</summary>
    /// <exception cref="FixEngineException">It is something else, or it cannot be opened.</exception>
    public static Folder? Open(Folder outer, string name)
    {
        var descriptor = LibC.OpenAt(outer.Descriptor, name, OpenFlags.List | OpenFlags.NoFollow);
        return descriptor >= 0 ? new(descriptor, outer.At(name))
            : Errno.Last == Errno.NoEntry ? null
            : throw Problem.Of(Errno.Last, "open", outer.At(name));
    }

    public void Dispose() => _ = LibC.Close(Descriptor);

    private int Existing(StepPath path)
    {
        var (folder, count) = Innermost(path);
        folder.Dispose();
        return count;
    }

    /// <summary>Looked up once, so that the number is that of the folder, whoever moves folders meanwhile.</summary>
    private (Folder Folder, int Count) Innermost(StepPath path)
    {
        for (var count = path.Folders.Count; count > 0; count--)
        {
            if (Find(path, count) is { } folder)
                return (folder, count);
        }

        return (Find(path, 0)!, 0);
    }

    private static int Reopen(int descriptor, string path) =>
        LibC.OpenAt(descriptor, ".", OpenFlags.List) is var opened && opened >= 0 ? opened : throw Problem.Of(Errno.Last, "open", path);
}
