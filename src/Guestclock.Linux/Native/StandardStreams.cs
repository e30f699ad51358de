using System.Text;

namespace Guestclock.Linux.Native;

/// <summary>
/// Standard output and error as they are inherited. The console of .NET is not used: it sends control sequences to a terminal when its
/// width is asked, throws away some errors of writing, and is not ready in a process with few descriptors.
/// </summary>
public static class StandardStreams
{
    private const int GetDescriptorFlags = 1;
    private const int CloseOnExec = 1;

    // TIOCGWINSZ and struct winsize (rows u16, columns u16, two more) of asm-generic/ioctls.h and termios.h.
    private const nuint GetWindowSize = 0x5413;

    /// <summary>Standard output; a failure to write throws an <see cref="IOException"/>, but for a reader that went away.</summary>
    public static TextWriter Output() => Writer(1, isQuiet: false);

    /// <summary>Standard error, unbuffered; there is nobody to tell of a failure to write it.</summary>
    public static TextWriter Error()
    {
        var writer = Writer(2, isQuiet: true);
        writer.AutoFlush = true;
        return writer;
    }

    /// <summary>Writes to standard output, at once and unbuffered. Returns how much it took: less than all where it is closed, full or broken.</summary>
    public static int WriteOutput(ReadOnlyMemory<byte> bytes)
    {
        var stream = new DescriptorStream(IsInherited(1) ? 1 : -1, isQuiet: true);
        stream.Write(bytes.Span);
        return (int)stream.Written;
    }

    /// <summary>Whether standard output is a pipe whose reader went away: what goes on for long has nobody to go on for.</summary>
    public static bool OutputHasNoReader() => (Descriptors.Wait(1, 0, 0) & Descriptors.HasError) != 0;

    /// <summary>Columns of the terminal at a descriptor, 0 where it does not say; null where there is no terminal.</summary>
    public static unsafe int? Columns(int descriptor)
    {
        var size = stackalloc ushort[4];
        return IsInherited(descriptor) && LibC.IoControl(descriptor, GetWindowSize, size) == 0 ? size[1] : null;
    }

    /// <summary>
    /// False where it was closed when this program began. The runtime may have opened something of its own at that number since then;
    /// it opens everything close-on-exec, and what was inherited cannot be.
    /// </summary>
    private static bool IsInherited(int descriptor) =>
        LibC.FileControl(descriptor, GetDescriptorFlags, 0) is >= 0 and var flags && (flags & CloseOnExec) == 0;

    private static StreamWriter Writer(int descriptor, bool isQuiet) =>
        new(new DescriptorStream(IsInherited(descriptor) ? descriptor : -1, isQuiet), new UTF8Encoding(false), 16 << 10);
}
