using System.Runtime.InteropServices;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Machines;

/// <summary>A machine that cannot be opened, or a recording that cannot be written. The message is one sentence for the user.</summary>
public sealed class MachineOpenException : Exception
{
    public MachineOpenException()
        : this("the machine cannot be opened")
    {
    }

    public MachineOpenException(string message)
        : base(message)
    {
    }

    public MachineOpenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal static MachineOpenException Because(string path, int errno) => new(errno switch
    {
        Errno.NoEntry => $"there is no '{path}'",
        Errno.NotADirectory => $"'{path}' is not a directory",
        Errno.AccessDenied or Errno.NotPermitted => $"'{path}' cannot be read: permission denied",
        Errno.LinkLoop => $"'{path}' leads through too many symbolic links",
        _ => $"'{path}' cannot be opened: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno})",
    });
}
