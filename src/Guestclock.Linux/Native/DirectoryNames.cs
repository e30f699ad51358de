using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Guestclock.Facts;
using Guestclock.Machines;

namespace Guestclock.Linux.Native;

/// <summary>Lists a directory, and reads symbolic links.</summary>
internal static class DirectoryNames
{
    private const int LinkBytes = 4096;

    /// <summary>The names without <c>.</c> and <c>..</c>, sorted; malformed where there are more than the limit. Invalid UTF-8 becomes
    /// U+FFFD.</summary>
    public static Fact<IReadOnlyList<string>> List(int directory, string name, string source)
    {
        var start = Stopwatch.GetTimestamp();
        var descriptor = LibC.OpenAt(directory, name, OpenFlags.List);
        if (descriptor < 0)
            return Refused(directory, name, Errno.Last, source, start);
        var stream = LibC.OpenDirectory(descriptor);
        if (stream == 0)
        {
            var errno = Errno.Last;
            _ = LibC.Close(descriptor);
            return Errno.ToFact<IReadOnlyList<string>>(errno, "fdopendir", source, source, Elapsed.NsSince(start));
        }

        try
        {
            var names = new List<string>();
            while (Next(stream) is { } next)
            {
                if (next is "." or "..")
                    continue;
                if (names.Count == MachineLimits.ListNames)
                    return Fact.Unknown<IReadOnlyList<string>>(FactState.Malformed, source, $"more than {MachineLimits.ListNames} names",
                        Elapsed.NsSince(start));
                names.Add(next);
            }

            if (Errno.Last != 0)
                return Errno.ToFact<IReadOnlyList<string>>(Errno.Last, "readdir", source, source, Elapsed.NsSince(start));
            names.Sort(StringComparer.Ordinal);
            return Fact.Known<IReadOnlyList<string>>(names, source, Elapsed.NsSince(start));
        }
        finally
        {
            _ = LibC.CloseDirectory(stream);
        }
    }

    /// <summary>The text of a link; 0 or the errno (EINVAL: it is not a link).</summary>
    public static unsafe int ReadLink(int directory, string name, out string target)
    {
        var buffer = stackalloc byte[LinkBytes];
        var length = LibC.ReadLinkAt(directory, name, buffer, LinkBytes);
        target = length > 0 ? Encoding.UTF8.GetString(buffer, (int)length) : "";
        return length < 0 ? Errno.Last : length == LinkBytes ? Errno.NameTooLong : 0;
    }

    /// <summary>The fact of <see cref="ReadLink(int,string,out string)"/>; something else than a link is malformed.</summary>
    public static Fact<string> ReadLink(int directory, string name, string source)
    {
        var start = Stopwatch.GetTimestamp();
        var errno = ReadLink(directory, name, out var target);
        return errno switch
        {
            0 => Fact.Known(target, source, Elapsed.NsSince(start)),
            Errno.Invalid => Fact.Unknown<string>(FactState.Malformed, source, "not a symbolic link", Elapsed.NsSince(start)),
            _ => Errno.ToFact<string>(errno, "readlink", source, source, Elapsed.NsSince(start)),
        };
    }

    private static Fact<IReadOnlyList<string>> Refused(int directory, string name, int errno, string source, long start)
    {
        if (errno == Errno.NotADirectory && FileStatus.Get(directory, name, true, out var status) == 0)
            return Fact.Unknown<IReadOnlyList<string>>(FactState.Malformed, source, $"{FileStatus.Describe(status.Kind)}, not a directory",
                Elapsed.NsSince(start));
        return Errno.ToFact<IReadOnlyList<string>>(errno, "open", source, source, Elapsed.NsSince(start));
    }

    // struct dirent of 64-bit Linux (glibc and musl): d_name @19, ended by a NUL.
    private static unsafe string? Next(nint stream)
    {
        var entry = LibC.ReadDirectory(stream);
        return entry is null ? null : Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry + 19));
    }
}
