using Guestclock.Linux.Native;
using Guestclock.Linux.Recording;
using Guestclock.Machines;

namespace Guestclock.Linux.Machines;

/// <summary>The machine that a user names, opened.</summary>
/// <param name="Machine">Everything is read once; secrets are taken out (of a recording they are).</param>
/// <param name="Record">Of a recording: when, by what and of whom it was taken. Null for the running machine and for images.</param>
public sealed record MachineRoot(IMachine Machine, MachineRecord? Record)
{
    /// <summary>The machine as it is, secrets included, read anew each time: for who changes a file. Null for a recording.</summary>
    public IMachine? Raw { get; private init; }

    /// <summary>The running machine for null; else a recorded directory or archive, or the directory of a machine that stands
    /// still.</summary>
    /// <exception cref="MachineOpenException">There is no machine to be read there; the message is for the user.</exception>
    public static MachineRoot Open(string? root)
    {
        if (root is null)
        {
            var live = new LiveMachine();
            return new(new CachingMachine(new RedactingMachine(live)), null) { Raw = live };
        }

        if (root.Length == 0 || root.Contains('\0', StringComparison.Ordinal))
            throw new MachineOpenException("the root is an empty name");
        var errno = FileStatus.Get(LibC.WorkingDirectory, root, followLinks: true, out var status);
        if (errno == Errno.NoEntry && root.Contains('\uFFFD', StringComparison.Ordinal))
            throw new MachineOpenException($"'{root}' cannot be opened: its name is not UTF-8; give a symbolic link to it");
        if (errno != 0)
            throw MachineOpenException.Because(root, errno);
        if (status.Kind == EntryKind.File)
            return Recorded(RecordReader.FromArchive(root));
        if (status.Kind != EntryKind.Directory)
            throw new MachineOpenException($"'{root}' is {FileStatus.Describe(status.Kind)}: give a directory or a .tar.gz recording");
        var directory = new DirectoryMachine(root);
        if (RecordReader.FromDirectory(directory, root) is not { } recorded)
            return new(new CachingMachine(new RedactingMachine(directory)), null) { Raw = directory };
        directory.Dispose();
        return Recorded(recorded);
    }

    private static MachineRoot Recorded(RecordedMachine machine) => new(machine, machine.Record);
}
