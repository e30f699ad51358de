using Guestclock.Linux.Native;
using Guestclock.Linux.Recording;
using Guestclock.Machines;

namespace Guestclock.Linux.Machines;

/// <summary>Opens the machine that a user names.</summary>
public static class MachineRoot
{
    /// <summary>The running machine for null; else a recorded directory or archive, or the directory of a machine that stands still.
    /// Secrets are taken out and everything is read once.</summary>
    /// <exception cref="MachineOpenException">There is no machine to be read there; the message is for the user.</exception>
    public static IMachine Open(string? root) => new CachingMachine(new RedactingMachine(root is null ? new LiveMachine() : OpenRaw(root)));

    private static IMachine OpenRaw(string root)
    {
        if (root.Length == 0 || root.Contains('\0', StringComparison.Ordinal))
            throw new MachineOpenException("the root is an empty name");
        var errno = FileStatus.Get(LibC.WorkingDirectory, root, followLinks: true, out var status);
        if (errno != 0)
            throw MachineOpenException.Because(root, errno);
        if (status.Kind == EntryKind.File)
            return RecordReader.FromArchive(root);
        if (status.Kind != EntryKind.Directory)
            throw new MachineOpenException($"'{root}' is {FileStatus.Describe(status.Kind)}: give a directory or a .tar.gz recording");
        var directory = new DirectoryMachine(root);
        if (RecordReader.FromDirectory(directory, root) is not { } recorded)
            return directory;
        directory.Dispose();
        return recorded;
    }
}
