using System.Runtime.InteropServices;
using Guestclock.Facts;

namespace Guestclock.Linux.Native;

/// <summary>Error numbers of Linux (asm-generic/errno.h) and the facts that they are.</summary>
public static class Errno
{
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int InputOutput = 5;
    public const int NoSuchDevice = 6;
    public const int BadDescriptor = 9;
    public const int Again = 11;
    public const int AccessDenied = 13;
    public const int Busy = 16;
    public const int Exists = 17;
    public const int NoDevice = 19;
    public const int NotADirectory = 20;
    public const int Invalid = 22;
    public const int NotATerminal = 25;
    public const int NoSpace = 28;
    public const int ReadOnlyFileSystem = 30;
    public const int BrokenPipe = 32;
    public const int NameTooLong = 36;
    public const int NoSystemCall = 38;
    public const int NotEmpty = 39;
    public const int LinkLoop = 40;
    public const int NoData = 61;
    public const int NotSupported = 95;
    public const int QuotaExceeded = 122;
    public const int Cancelled = 125;

    /// <summary>The number that the last call of this thread left.</summary>
    public static int Last => Marshal.GetLastPInvokeError();

    /// <summary>The fact of a failed call: <paramref name="call"/> is its name, <paramref name="on"/> the path that it was about.</summary>
    public static Fact<T> ToFact<T>(int errno, string call, string on, string source, long tookNs = 0) => errno switch
    {
        NoEntry or NotADirectory => Fact.Unknown<T>(FactState.Missing, source, "no such file or directory", tookNs),
        NoDevice or NoSuchDevice => Fact.Unknown<T>(FactState.Missing, source, "no such device", tookNs),
        AccessDenied or NotPermitted => Fact.Unknown<T>(FactState.Denied, source, "permission denied", tookNs),
        LinkLoop => Fact.Unknown<T>(FactState.Malformed, source, "too many symbolic links", tookNs),
        NoSystemCall or NotSupported or NotATerminal => Fact.Unknown<T>(FactState.Unsupported, source, Sentence(errno, call, on), tookNs),
        _ => Fact.Unknown<T>(FactState.Failed, source, Sentence(errno, call, on), tookNs),
    };

    private static string Sentence(int errno, string call, string on) =>
        $"{call} {on}: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno})";
}
