using System.Runtime.InteropServices;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Fixing.Calls;

/// <summary>Why a call failed, as a sentence.</summary>
internal static class Problem
{
    public static FixEngineException Of(int errno, string call, string path) => new(errno switch
    {
        Errno.NoSpace => $"no room is left on the file system of {path}",
        Errno.QuotaExceeded => $"the disk quota is used up on the file system of {path}",
        Errno.ReadOnlyFileSystem => $"{path} cannot be changed: its file system is read-only",
        Errno.AccessDenied or Errno.NotPermitted => $"no permission to {call} {path}{(LibC.EffectiveUser() == 0 ? "" : ": run it as root")}",
        Errno.InputOutput => $"{call} {path}: the disk reports an input/output error",
        Errno.Busy => $"{path} cannot be replaced: it is a mount point of its own, or in use",
        Errno.LinkLoop or Errno.NotADirectory => $"{path} leads through something that is no directory",
        _ => $"{call} {path}: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno})",
    });
}
