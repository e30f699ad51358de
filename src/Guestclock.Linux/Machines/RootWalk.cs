using Guestclock.Linux.Native;
using Guestclock.Machines;

namespace Guestclock.Linux.Machines;

/// <summary>
/// Walks a path below a root, name by name on open directories, so that no symbolic link and no <c>..</c> leads out of it:
/// an absolute link starts again at the root, as in path_resolution(7) of a process whose root it is.
/// </summary>
internal sealed class RootWalk : IDisposable
{
    private const int Deepest = 128;

    private readonly List<int> _open = [];
    private readonly int _root;
    private readonly ulong _device;
    private readonly Stack<string> _ahead = new();

    public RootWalk(int root, ulong device)
    {
        _root = root;
        _device = device;
    }

    /// <summary>Where the last name stands; <see cref="Name"/> is <c>.</c> for a directory.</summary>
    public int Directory => _open.Count == 0 ? _root : _open[^1];

    public string Name { get; private set; } = ".";

    public FileStatus Status { get; private set; } = new(EntryKind.Directory, 0, 0);

    /// <summary>The walk went into /proc, /sys, /dev or /run of the root.</summary>
    public bool InRunningState { get; private set; }

    /// <summary>It went there, and what stands there is another file system: a mount of the running machine.</summary>
    public bool InMount { get; private set; }

    /// <summary>0, or the errno of the step that failed.</summary>
    public int To(string path, bool followLast)
    {
        Push(path);
        var links = 0;
        while (_ahead.TryPop(out var name))
        {
            if (name is "" or ".")
                continue;
            if (name == "..")
            {
                Up();
                continue;
            }

            InRunningState |= _open.Count == 0 && IsRunningState(name);
            var errno = FileStatus.Get(Directory, name, followLinks: false, out var status);
            if (errno != 0)
                return errno;
            var isLast = _ahead.Count == 0;
            if (status.Kind == EntryKind.Link && (!isLast || followLast))
                errno = ++links > MachineLimits.Links ? Errno.LinkLoop : Follow(name);
            else if (status.Kind == EntryKind.Directory)
                errno = Enter(name, status);
            else if (!isLast)
                errno = Errno.NotADirectory;
            else
                (Name, Status) = (name, status);
            if (errno != 0)
                return errno;
        }

        return 0;
    }

    public void Dispose()
    {
        foreach (var descriptor in _open)
            _ = LibC.Close(descriptor);
        _open.Clear();
    }

    private static bool IsRunningState(string name) => name is "proc" or "sys" or "dev" or "run";

    private int Follow(string name)
    {
        var errno = DirectoryNames.ReadLink(Directory, name, out var target);
        if (errno != 0)
            return errno;
        if (target.Length == 0 || _ahead.Count > 4 * Deepest || target.Contains('\0', StringComparison.Ordinal))
            return Errno.NoEntry;
        if (target.StartsWith('/'))
        {
            Dispose();
            InRunningState = false;
        }

        Push(target);
        return 0;
    }

    private int Enter(string name, FileStatus status)
    {
        if (_open.Count == Deepest)
            return Errno.NameTooLong;
        if (_open.Count == 0 && IsRunningState(name) && status.Device != _device)
        {
            InMount = true;
            return Errno.NoEntry;
        }

        var descriptor = LibC.OpenAt(Directory, name, OpenFlags.Place);
        if (descriptor < 0)
            return Errno.Last;
        _open.Add(descriptor);
        return 0;
    }

    private void Up()
    {
        if (_open.Count == 0)
            return;
        _ = LibC.Close(_open[^1]);
        _open.RemoveAt(_open.Count - 1);
        InRunningState &= _open.Count > 0;
    }

    private void Push(string path)
    {
        var parts = path.Split('/');
        for (var i = parts.Length - 1; i >= 0; i--)
        {
            if (parts[i].Length > 0)
                _ahead.Push(parts[i]);
        }
    }
}
