using Guestclock.Facts;

namespace Guestclock.Machines;

/// <summary>
/// What the probes read, and all that they may read: files below one root, and answers that no file holds.
/// A running machine, an unpacked image, a recorded directory or archive and a machine in memory are the same to them.
/// No method throws for what the machine holds; each gives a fact. Every size and time is bounded by the implementation.
/// Paths are absolute below the root, with forward slashes; symbolic links are resolved inside the root.
/// </summary>
public interface IMachine
{
    /// <summary>True where what is read is that of a running machine: the machine itself or a recording of it; false for an image.</summary>
    bool IsLive { get; }

    /// <summary>The bytes of a regular file; a file larger than <paramref name="limitBytes"/>, a FIFO or a device is a malformed fact.</summary>
    Fact<byte[]> Read(string path, int limitBytes = MachineLimits.FileBytes);

    /// <summary>The names in a directory, sorted by ordinal, at most <see cref="MachineLimits.ListNames"/>.</summary>
    Fact<IReadOnlyList<string>> List(string path);

    /// <summary>What stands at a path; the link itself is not followed when <paramref name="followLinks"/> is false.</summary>
    Fact<EntryKind> Find(string path, bool followLinks = true);

    /// <summary>The text of a symbolic link, as it is written in the link.</summary>
    Fact<string> ReadLink(string path);

    /// <summary>The answer to a question that no file answers: a system call, an ioctl, a socket.</summary>
    Fact<byte[]> Ask(Question question);
}

/// <summary>What stands at a path.</summary>
public enum EntryKind
{
    File,
    Directory,
    Link,
    CharacterDevice,
    BlockDevice,
    Fifo,
    Socket,
}

/// <summary>Bounds of what is read.</summary>
public static class MachineLimits
{
    /// <summary>The largest file that is read unless a probe says otherwise.</summary>
    public const int FileBytes = 1 << 20;

    /// <summary>The largest kernel log.</summary>
    public const int LogBytes = 16 << 20;

    /// <summary>The most names of one directory.</summary>
    public const int ListNames = 20_000;

    /// <summary>The most symbolic links on the way to one path, as in Linux (MAXSYMLINKS, include/linux/namei.h).</summary>
    public const int Links = 40;
}
