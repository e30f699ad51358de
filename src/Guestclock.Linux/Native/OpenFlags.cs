using System.Runtime.InteropServices;

namespace Guestclock.Linux.Native;

/// <summary>Flags of open(2): asm-generic/fcntl.h, and for two of them arm64's own numbers (arch/arm64/include/uapi/asm/fcntl.h).</summary>
internal static class OpenFlags
{
    private const int WriteOnly = 1;
    private const int ReadWrite = 2;
    private const int Create = 0x40;
    private const int Exclusive = 0x80;
    private const int NoTerminal = 0x100;
    private const int AtEnd = 0x400;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int PathOnly = 0x200000;

    private static bool IsArm64 => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    /// <summary>Fail with ELOOP when the last component is a symbolic link.</summary>
    public static int NoFollow => IsArm64 ? 0x8000 : 0x20000;

    /// <summary>For reading, never waiting for a peer or for data, never becoming our terminal.</summary>
    public static int Read => NonBlocking | CloseOnExec | NoTerminal;

    /// <summary>For listing a directory.</summary>
    public static int List => Read | DirectoryOnly;

    /// <summary>A directory as a place to go on from; needs no right to list it.</summary>
    public static int Place => PathOnly | CloseOnExec | DirectoryOnly | NoFollow;

    /// <summary>For writing a file that is not there yet.</summary>
    public static int New => WriteOnly | Create | Exclusive | CloseOnExec | NoTerminal | NoFollow;

    /// <summary>For writing what is there.</summary>
    public static int Write => WriteOnly | NonBlocking | CloseOnExec | NoTerminal;

    /// <summary>For adding to the end of a file, made where it is missing, and for reading it.</summary>
    public static int Append => ReadWrite | Create | AtEnd | NonBlocking | CloseOnExec | NoTerminal;

    /// <summary>A file to be locked, made where it is missing.</summary>
    public static int Lock => ReadWrite | Create | NonBlocking | CloseOnExec | NoTerminal | NoFollow;

    private static int DirectoryOnly => IsArm64 ? 0x4000 : 0x10000;
}
