using System.Runtime.InteropServices;
using Guestclock.Facts;

namespace Guestclock.Linux.Kvm.Calls;

/// <summary>KVM refused a call, or a guest did not do what it was made for. It becomes a fact that says why.</summary>
#pragma warning disable CA1032, RCS1194 // Only these two ways to fail.
internal class KvmException : Exception
#pragma warning restore CA1032, RCS1194
{
    public KvmException(FactState state, string message)
        : base(message) => State = state;

    /// <param name="errno">Positive.</param>
    public KvmException(string call, int errno)
        : base($"{call}: {Marshal.GetPInvokeErrorMessage(errno)} ({NameOf(errno)})")
    {
        State = errno switch
        {
            1 or 13 => FactState.Denied,
            6 or 22 or 25 or 95 => FactState.Unsupported,
            _ => FactState.Failed,
        };
        Error = NameOf(errno);
    }

    /// <summary>The device could not be opened.</summary>
    public static KvmException Opening(string path, int errno) => new(StateOfOpening(errno), $"{path}: {Marshal.GetPInvokeErrorMessage(errno)}");

    /// <summary>What it means that open(2) failed.</summary>
    public static FactState StateOfOpening(int errno) => errno switch
    {
        1 or 13 => FactState.Denied,
        2 or 6 or 19 or 20 => FactState.Missing,
        _ => FactState.Failed,
    };

    public FactState State { get; }

    /// <summary>The name of the error number, or null where no call failed.</summary>
    public string? Error { get; }

    /// <summary>Names of asm-generic/errno-base.h and errno.h.</summary>
    public static string NameOf(int errno) => errno switch
    {
        1 => "EPERM",
        2 => "ENOENT",
        4 => "EINTR",
        5 => "EIO",
        6 => "ENXIO",
        7 => "E2BIG",
        9 => "EBADF",
        11 => "EAGAIN",
        12 => "ENOMEM",
        13 => "EACCES",
        14 => "EFAULT",
        16 => "EBUSY",
        17 => "EEXIST",
        19 => "ENODEV",
        22 => "EINVAL",
        24 => "EMFILE",
        25 => "ENOTTY",
        95 => "EOPNOTSUPP",
        _ => $"errno-{errno}",
    };
}
